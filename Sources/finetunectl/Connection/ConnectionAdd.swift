import ArgumentParser
import FinetuneAPI
import FoundationEssentials

/// `finetunectl connection add`
struct ConnectionAdd: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Register a database.",
        discussion: """
            The daemon opens SQLite files itself, read-only, if they lie under one of its allowed paths. Any other \
            database is registered without a URI, or with one that it does not open; its tables are then pushed with \
            `finetunectl table describe`.

            Examples:
              finetunectl connection add --alias shop --uri shop.sqlite
              finetunectl connection add --alias sales --dialect postgresql --schema eu
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Its name, unique.")
    var alias: String

    @Option(
        help: ArgumentHelp("A path to an SQLite file, or sqlite:///path.", valueName: "path-or-uri"),
        completion: .file())
    var uri: String?

    @Option(help: "The SQL that it speaks: sqlite, postgresql. Default: what the URI says.")
    var dialect: String?

    @Option(name: .customLong("schema"), help: "A schema in use; repeat it for several. Default: all.")
    var schemas: [String] = []

    @Option(
        help: """
            Which values of sample rows and categories may leave the host: none, masked (of columns that are likely \
            personal only the shape), full. Default: masked.
            """)
    var redaction: Redaction?

    @OptionGroup var apiKey: APIKeyOptions

    @Option(help: ArgumentHelp("Notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    func run(in session: Session) async throws {
        let directory = FileManager.default.currentDirectoryPath
        let connection = NewDatabaseConnection(
            alias: alias,
            connectionURI: uri.map { DatabaseURI.normalized($0, relativeTo: directory) },
            dialect: dialect,
            schemas: schemas.isEmpty ? nil : schemas,
            llmAPIKey: try await apiKey.key(),
            metadata: metadata,
            redaction: redaction)
        try await session.show(try await session.ask(Routes.createConnection, body: connection)) {
            FieldList($0).text(on: $1)
        }
    }
}
