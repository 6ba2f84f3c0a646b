import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning checkpoints`
struct FinetuningCheckpoints: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoints",
        abstract: "Show what the provider measured.",
        discussion: "Example: finetunectl finetuning checkpoints shop-v2")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await session.show(try await session.ask(Routes.finetuningCheckpoints, id)) {
            TextTable(checkpoints: $0).text(on: $1)
        }
    }
}
