import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl table list`
struct TableList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the described tables.",
        discussion: "Example: finetunectl table list shop")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A connection's id or alias. Default: every connection.")
    var connection: Reference?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let connection { id = try await session.connectionID(connection) }
        try await session.show(page) { [id] page, limit in
            try await session.ask(
                Routes.listTables, query: ConnectionPaging(databaseConnection: id, page: page, limit: limit))
        } text: {
            TextTable(tables: $0).text(on: $1)
        }
    }
}
