import ArgumentParser
import FinetuneAPI

/// `finetunectl model update`
struct ModelUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Make an alias, or change the notes on it.",
        discussion: """
            Example: finetunectl model update sales-sql --metadata '{"owner":"sales"}'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    func validate() throws {
        guard metadata == nil || !clearMetadata else {
            throw ValidationError("give either --metadata or --clear-metadata")
        }
    }

    func run(in session: Session) async throws {
        let changes = ServedModelChanges(metadata: metadata.change(clearing: clearMetadata))
        let answer = try await session.ask(Routes.changeModel, model.alias, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
