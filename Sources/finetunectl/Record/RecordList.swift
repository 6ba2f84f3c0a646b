import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record list`
struct RecordList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List golden records, newest last.",
        discussion: """
            Examples:
              finetunectl record list shop --limit 20
              finetunectl record list shop --all --json
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A connection's id or alias. Default: every connection.")
    var connection: Reference?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let connection { id = try await session.connectionID(connection) }
        try await session.show(page) { [id] page, limit in
            try await session.ask(
                Routes.listRecords, query: ConnectionPaging(databaseConnection: id, page: page, limit: limit))
        } text: {
            TextTable(records: $0).text(on: $1)
        }
    }
}
