import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning show`
struct FinetuningShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show how far a finetuning is.",
        discussion: "Example: finetunectl finetuning show shop-v2")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await session.show(try await session.ask(Routes.readFinetuning, id)) { FieldList($0).text(on: $1) }
    }
}
