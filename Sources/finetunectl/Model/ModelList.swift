import ArgumentParser
import FinetuneAPI

/// `finetunectl model list`
struct ModelList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the aliases and the models that they stand for.",
        discussion: "Example: finetunectl model list")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        try await session.show(page) { page, limit in
            try await session.ask(Routes.listModels, query: Paging(page: page, limit: limit))
        } text: {
            TextTable(models: $0).text(on: $1)
        }
    }
}
