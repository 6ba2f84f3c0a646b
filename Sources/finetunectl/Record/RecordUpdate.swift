import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record update`
struct RecordUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a golden record; what is not named stays. The SQL is checked again.",
        discussion: """
            Example: finetunectl record update 657a1b2c3d4e5f6071829304 --sql "SELECT count(*) FROM orders"
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var record: ObjectID

    @Option(help: "A new question.")
    var question: String?

    @Option(help: "New SQL; - reads it from standard input.")
    var sql: String?

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    func validate() throws {
        if clearMetadata, metadata != nil { throw ValidationError("give --metadata or --clear-metadata, not both") }
        if question == nil, sql == nil, metadata == nil, !clearMetadata {
            throw ValidationError("name at least one thing to change")
        }
    }

    func run(in session: Session) async throws {
        var changes = GoldenRecordChanges(promptText: question, metadata: metadata.change(clearing: clearMetadata))
        if let sql { changes.sql = try await InputText.argument(sql) }
        let answer = try await session.ask(Routes.changeRecord, record, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
