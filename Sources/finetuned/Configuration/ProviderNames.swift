import Yams

/// The providers that the configuration speaks of besides OpenAI: names come from users, unlike all other keys.
enum ProviderNames {
    private static let section = "providers"

    /// Those of the file, then those that only the environment has, `openai` before all. Which of their keys there
    /// are is not looked at here.
    static func all(in file: YAMLFile?, and environment: [String: String]) -> [String] {
        let first = DaemonConfiguration.Providers.openAIName
        var names = [first]
        for entry in (file?.root?.mapping?[section]?.mapping).map(Array.init) ?? [] {
            guard let name = entry.key.scalar?.string, isName(name), entry.value.mapping != nil else { continue }
            if name != first { names.append(name) }
        }
        for variable in environment.keys.sorted() {
            guard let form = provider(ofVariable: variable), isName(form.lowercased()) else { continue }
            if !names.contains(where: { $0.environmentForm == form }) { names.append(form.lowercased()) }
        }
        return names
    }

    // Of `FINETUNED_PROVIDERS_LOCAL_CONNECT_TIMEOUT` the longest ending that is a key counts, so it is `LOCAL`.
    private static func provider(ofVariable variable: String) -> String? {
        let prefix = EnvironmentSettings.prefix + section.environmentForm + "_"
        guard variable.hasPrefix(prefix) else { return nil }
        let rest = variable.dropFirst(prefix.count)
        let ending = endings.filter { rest.hasSuffix("_" + $0) && rest.count > $0.count + 1 }
            .max { $0.count < $1.count }
        return ending.map { String(rest.dropLast($0.count + 1)) }
    }

    private static let endings = Setting.all.filter { $0.key.hasPrefix(section + ".") }
        .compactMap { $0.key.split(separator: ".").last.map { String($0).environmentForm } }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return text.utf8.count <= 32
            && text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_-".utf8.contains($0) }
    }
}
