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
        try await session.show(page) { page, limit in
            try await session.ask(Routes.listConnections, query: AliasPaging(page: page, limit: limit))
        } text: {
            TextTable(connections: $0).text(on: $1)
        }
    }
}
