import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning update`
struct FinetuningUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change the notes on a finetuning.",
        discussion: """
            Example: finetunectl finetuning update shop-v2 --metadata '{"owner":"sales"}'
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    func validate() throws {
        guard (metadata != nil) != clearMetadata else {
            throw ValidationError("give either --metadata or --clear-metadata")
        }
    }

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let changes = FinetuningChanges(metadata: metadata.change(clearing: clearMetadata))
        let answer = try await session.ask(Routes.changeFinetuning, id, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
