import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning remove`
struct FinetuningRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget a finetuning that is over.",
        discussion: """
            The provider keeps its model. Cancel one that is under way before you remove it.

            Example: finetunectl finetuning remove shop-v1
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await session.show(try await session.ask(Routes.deleteFinetuning, id)) { removed, _ in
            "removed finetuning \(removed.id)\n"
        }
    }
}
