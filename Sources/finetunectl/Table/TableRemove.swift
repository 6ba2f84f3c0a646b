import ArgumentParser
import FinetuneAPI

/// `finetunectl table remove`
struct TableRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a table's description, so that prompts no longer show it.",
        discussion: "The table itself is not touched.\n\nExample: finetunectl table remove shop/audit_log")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id, or CONNECTION/TABLE.")
    var table: TableReference

    func run(in session: Session) async throws {
        let id = try await session.tableID(table)
        try await session.show(try await session.ask(Routes.deleteTable, id)) { removed, _ in
            "removed the description of table \(removed.id)\n"
        }
    }
}
