import ArgumentParser
import FinetuneAPI

/// `finetunectl table show`
struct TableShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a table as prompts will.",
        discussion: "Example: finetunectl table show shop/orders")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id, or CONNECTION/TABLE.")
    var table: TableReference

    func run(in session: Session) async throws {
        let id = try await session.tableID(table)
        try await session.show(try await session.ask(Routes.readTable, id)) { table, terminal in
            FieldList(table).text(on: terminal) + "\n" + TextTable(columns: table.columns).text(on: terminal)
        }
    }
}
