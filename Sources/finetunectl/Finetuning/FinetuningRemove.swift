import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning remove`
struct FinetuningRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget a finetuning that is over.",
        discussion: """
            The provider keeps its job and model, and the training file unless you say --remote. Where the provider \
            does not remove the file now, the daemon tries again until it does, through restarts too. Cancel one that \
            is under way before you remove it. What is at the provider: finetunectl provider-object list

            Examples:
              finetunectl finetuning remove shop-v1
              finetunectl finetuning remove shop-v1 --remote
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    @Flag(help: "Remove its training file at the provider too; later, if the provider does not answer now.")
    var remote = false

    /// How long the provider may take to remove a file before it is said that it has not yet.
    private static let patience = Duration.seconds(3)
    private static let interval = Duration.milliseconds(250)

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let deletion = FinetuningDeletion(remote: remote ? true : nil)
        let answer = try await session.ask(Routes.deleteFinetuning, id, query: deletion, body: Nothing())
        let left = session.wantsJSON ? [] : await settled(answer.response, in: session)
        try await session.show(answer) { removed, _ in removed.text(left) }
    }

    /// What was made for it, once the provider has removed what it removes at once; as last known if the daemon does not
    /// tell. The finetuning is gone either way, and who removed it learns that.
    private func settled(_ removed: DeletedFinetuning, in session: Session) async -> [ProviderObject] {
        let deadline = ContinuousClock.now + Self.patience
        let query = ProviderObjectPaging(
            finetuning: removed.id, limit: max(removed.providerObjects.count, FieldLimits.usualPageSize))
        var left = removed.providerObjects
        do {
            while left.contains(where: \.isUndecided), deadline > .now {
                try await Task.sleep(for: Self.interval)
                left = try await session.ask(Routes.listProviderObjects, query: query).response
            }
        } catch {
            return left
        }
        return left
    }
}

extension DeletedFinetuning {
    /// What people read of a removal.
    fileprivate func text(_ left: [ProviderObject]) -> String {
        var lines = ["removed finetuning \(id)"] + left.map(\.fate)
        if left.contains(where: { $0.state == .removing }) {
            lines.append("The daemon tries again until that is removed, through restarts too. How far it is:")
            lines.append("finetunectl provider-object list --finetuning \(id)")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension ProviderObject {
    /// Whether it is about to be removed, and nothing has stood in the way yet.
    fileprivate var isUndecided: Bool { state == .removing && error == nil }

    fileprivate var fate: String {
        let what = "at \(provider.onOneLine): \(kind.rawValue) \(id.onOneLine)"
        return switch state {
        case .present: "\(what) stays"
        case .removed: "\(what) removed"
        case .removing: "\(what) not removed yet: \(error?.onOneLine ?? "no answer so far")"
        }
    }
}
