import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl finetuning list`
struct FinetuningList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List finetunings, newest last.",
        discussion: """
            Examples:
              finetunectl finetuning list
              finetunectl finetuning list shop --status running
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A connection's id or alias. Default: every connection.")
    var connection: Reference?

    @Option(help: "Only those that are \(FinetuningStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
    var status: FinetuningStatus?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let connection { id = try await session.connectionID(connection) }
        try await session.show(page) { [id] page, limit in
            let query = FinetuningPaging(databaseConnection: id, status: status, page: page, limit: limit)
            return try await session.ask(Routes.listFinetunings, query: query)
        } text: {
            TextTable(finetunings: $0).text(on: $1)
        }
    }
}
