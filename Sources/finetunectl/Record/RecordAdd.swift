import ArgumentParser
import FinetuneAPI

/// `finetunectl record add`
struct RecordAdd: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add one golden record.",
        discussion: """
            The SQL is checked against the described tables; the reply says what the check found.

            Examples:
              finetunectl record add shop "How many orders are there?" "SELECT count(*) FROM orders"
              finetunectl record add shop "Revenue by month?" - < revenue.sql
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Argument(help: "The question.")
    var question: String

    @Argument(help: "The SQL; - reads it from standard input.")
    var sql: String

    @Option(help: ArgumentHelp("Notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    func run(in session: Session) async throws {
        let record = NewGoldenRecord(
            databaseConnection: try await session.connectionID(connection), promptText: question,
            sql: try await InputText.argument(sql), metadata: metadata)
        let answer = try await session.ask(Routes.createRecords, body: [record])
        try await session.show(answer) { records, terminal in
            records.map { FieldList($0).text(on: terminal) }.joined(separator: "\n")
        }
    }
}
