import ArgumentParser
import FinetuneAPI
import FoundationEssentials

/// `finetunectl connection update`
struct ConnectionUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a database's registration; what is not named stays.",
        discussion: """
            Examples:
              finetunectl connection update shop --alias shop-2024
              finetunectl connection update shop --api-key-file key.txt
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var connection: Reference

    @Option(help: "A new name.")
    var alias: String?

    @Option(help: ArgumentHelp("A new place.", valueName: "path-or-uri"), completion: .file())
    var uri: String?

    @Flag(help: "Forget the URI.")
    var clearURI = false

    @Option(help: "A new dialect.")
    var dialect: String?

    @Option(name: .customLong("schema"), help: "A schema in use, instead of those so far; repeat it for several.")
    var schemas: [String] = []

    @Option(help: "Which values may leave the host from now on: none, masked, full.")
    var redaction: Redaction?

    @OptionGroup var apiKey: APIKeyOptions

    @Flag(name: .customLong("clear-api-key"), help: "Forget the connection's own provider key.")
    var clearAPIKey = false

    @Option(help: ArgumentHelp("New notes.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    func validate() throws {
        let hasKey = apiKey.fromStandardInput || apiKey.file != nil
        if clearURI, uri != nil { throw ValidationError("give --uri or --clear-uri, not both") }
        if clearAPIKey, hasKey { throw ValidationError("give a new key or --clear-api-key, not both") }
        if clearMetadata, metadata != nil { throw ValidationError("give --metadata or --clear-metadata, not both") }
        let isEmpty =
            alias == nil && uri == nil && dialect == nil && schemas.isEmpty && metadata == nil
            && redaction == nil
        if isEmpty, !hasKey, !clearURI, !clearAPIKey, !clearMetadata {
            throw ValidationError("name at least one thing to change")
        }
    }

    func run(in session: Session) async throws {
        let directory = FileManager.default.currentDirectoryPath
        let changes = DatabaseConnectionChanges(
            alias: alias,
            connectionURI: uri.map { DatabaseURI.normalized($0, relativeTo: directory) }.change(clearing: clearURI),
            dialect: dialect,
            schemas: schemas.isEmpty ? nil : schemas,
            llmAPIKey: try await apiKey.key().change(clearing: clearAPIKey),
            metadata: metadata.change(clearing: clearMetadata),
            redaction: redaction)
        let id = try await session.connectionID(connection)
        let answer = try await session.ask(Routes.changeConnection, id, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
