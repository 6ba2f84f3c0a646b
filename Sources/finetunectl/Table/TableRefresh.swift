import ArgumentParser
import FinetuneAPI

/// `finetunectl table refresh`
struct TableRefreshCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Read all tables of a database again, and mark those that are gone.",
        discussion: "Example: finetunectl table refresh shop")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    func run(in session: Session) async throws {
        let refresh = TableRefresh(databaseConnection: try await session.connectionID(connection))
        try await session.show(try await session.ask(Routes.refreshTables, body: refresh)) {
            TextTable(tables: $0).text(on: $1)
        }
    }
}
