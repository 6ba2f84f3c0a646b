import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning cancel`
struct FinetuningCancel: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End a finetuning early. What the provider has done until then may cost.",
        discussion: "Example: finetunectl finetuning cancel shop-v2")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await session.show(try await session.ask(Routes.cancelFinetuning, id)) { FieldList($0).text(on: $1) }
    }
}
