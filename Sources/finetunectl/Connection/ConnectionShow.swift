import ArgumentParser
import FinetuneAPI

/// `finetunectl connection show`
struct ConnectionShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a database's registration.",
        discussion: "Example: finetunectl connection show shop")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var connection: Reference

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        try await session.show(try await session.ask(Routes.readConnection, id)) { FieldList($0).text(on: $1) }
    }
}
