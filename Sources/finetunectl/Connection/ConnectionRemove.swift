import ArgumentParser
import FinetuneAPI

/// `finetunectl connection remove`
struct ConnectionRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a database that nothing refers to.",
        discussion: "The database itself is not touched.\n\nExample: finetunectl connection remove shop")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var connection: Reference

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        try await session.show(try await session.ask(Routes.deleteConnection, id)) { removed, _ in
            "removed connection \(removed.id)\n"
        }
    }
}
