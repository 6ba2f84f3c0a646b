import FinetuneAPI
import Store

/// The settings in the environment, `FINETUNED_LIMITS_LINE_BYTES` and the like, and those that there are not.
struct EnvironmentSettings {
    /// What the names of our variables begin with.
    static let prefix = "FINETUNED_"

    /// The variables that stand for a key, without the prefix. An empty one counts as none.
    let variables: [String: String]
    let problems: [InvalidConfiguration.Problem]

    init(_ environment: [String: String], settings: [Setting]) {
        let known = Set(settings.map(\.environmentName))
        let ours = environment.filter { $0.key.hasPrefix(Self.prefix) && !Self.others.contains($0.key) }
        problems = ours.keys.filter { !known.contains($0) }.sorted().map { name in
            let suggestion = NearestName.of(name, among: known.sorted()).map { "; did you mean \($0)?" } ?? ""
            return .init(origin: "environment", key: name, reason: "there is no such key" + suggestion)
        }
        let settings = ours.filter { known.contains($0.key) && !$0.value.isEmpty }
        variables = Dictionary(
            uniqueKeysWithValues: settings.map { (String($0.key.dropFirst(Self.prefix.count)), $0.value) })
    }

    /// Variables of this prefix that are no settings: the build's, and the crash test's.
    private static let others: Set<String> = ["FINETUNED_WARNINGS_AS_ERRORS", FailPoint.variable]

    /// Whether the environment says something of this key.
    func holds(_ setting: Setting) -> Bool {
        variables[String(setting.environmentName.dropFirst(Self.prefix.count))] != nil
    }
}
