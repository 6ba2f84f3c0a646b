import ArgumentParser
import FinetuneAPI

/// `finetunectl table scan`
struct TableScan: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Let the daemon read tables of a database that it can open.",
        discussion: """
            Examples:
              finetunectl table scan shop
              finetunectl table scan shop customers orders
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Argument(help: "The tables. Default: all.")
    var tables: [String] = []

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        let sync = SchemaSync(databaseConnection: id, tableNames: tables.isEmpty ? nil : tables)
        try await session.show(try await session.ask(Routes.syncSchemas, body: sync)) {
            TextTable(tables: $0).text(on: $1)
        }
    }
}
