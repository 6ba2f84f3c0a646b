import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning remove`
struct FinetuningRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget a finetuning that is over.",
        discussion: """
            The provider keeps its model, and the training file unless you say --remote. Cancel one that is under \
            way before you remove it. What stays at the provider: finetunectl provider-object list

            Examples:
              finetunectl finetuning remove shop-v1
              finetunectl finetuning remove shop-v1 --remote
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    @Flag(help: "Remove its training file at the provider too; later, if the provider does not answer now.")
    var remote = false

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let deletion = FinetuningDeletion(remote: remote ? true : nil)
        let answer = try await session.ask(Routes.deleteFinetuning, id, query: deletion, body: Nothing())
        try await session.show(answer) { removed, _ in
            "removed finetuning \(removed.id)\n"
        }
    }
}
