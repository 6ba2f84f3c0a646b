import ArgumentParser
import FinetuneAPI

/// `finetunectl connection list`
struct ConnectionList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the databases.",
        discussion: "Example: finetunectl connection list --all --json")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        let connections = try await session.list(page) { page, limit in
            try await session.ask(Routes.listConnections, query: Paging(page: page, limit: limit))
        }
        try await session.show(connections) { TextTable(connections: $0).text(on: $1) }
    }
}
