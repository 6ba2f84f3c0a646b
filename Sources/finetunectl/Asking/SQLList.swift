import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl sql list`
struct SQLList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List answers, newest last.",
        discussion: "Example: finetunectl sql list --all")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Only those to this question.", valueName: "id"))
    var prompt: ObjectID?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        try await session.show(page) { page, limit in
            let query = SQLGenerationPaging(prompt: prompt, page: page, limit: limit)
            return try await session.ask(Routes.listGenerations, query: query)
        } text: {
            TextTable(generations: $0).text(on: $1)
        }
    }
}
