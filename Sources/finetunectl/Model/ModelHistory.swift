import ArgumentParser
import FinetuneAPI

/// `finetunectl model history`
struct ModelHistory: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List every version of an alias, newest last.",
        discussion: "Example: finetunectl model history sales-sql --all")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias
    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        try await session.show(page) { page, limit in
            try await session.ask(
                Routes.modelHistory, model.alias, query: Paging(page: page, limit: limit), body: Nothing())
        } text: {
            TextTable(versions: $0).text(on: $1)
        }
    }
}
