import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl prompt …`
struct PromptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompt",
        abstract: "Questions that were asked, and how a model gets one.",
        subcommands: [PromptList.self, PromptRender.self])
}

/// `finetunectl prompt list`
struct PromptList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List questions, newest last.",
        discussion: "Example: finetunectl prompt list shop")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A connection's id or alias. Default: every connection.")
    var connection: Reference?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let connection { id = try await session.connectionID(connection) }
        try await session.show(page) { [id] page, limit in
            let query = ConnectionPaging(databaseConnection: id, page: page, limit: limit)
            return try await session.ask(Routes.listPrompts, query: query)
        } text: {
            TextTable(prompts: $0).text(on: $1)
        }
    }
}

/// `finetunectl prompt render`
struct PromptRender: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Show the messages that a model gets for a question. Nobody is asked.",
        discussion: """
            Examples:
              finetunectl prompt render 'How many orders came from France?' --model sales-sql
              finetunectl prompt render 'How many orders came from France?' --finetuning shop-v2 --json
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The question.")
    var question: String

    @Option(help: ArgumentHelp("For the model that this alias stands for.", valueName: "alias"))
    var model: String?

    @Option(help: ArgumentHelp("For the model of this finetuning.", valueName: "id-or-alias"))
    var finetuning: Reference?

    @Option(
        help: ArgumentHelp(
            "The database that the question is about. Default: the one that the model was trained on.",
            valueName: "id-or-alias"))
    var connection: Reference?

    func validate() throws {
        guard (model == nil) != (finetuning == nil) else {
            throw ValidationError("give either --model or --finetuning")
        }
    }

    func run(in session: Session) async throws {
        var request = PromptRenderingRequest(text: question, model: model)
        if let finetuning { request.finetuning = try await session.finetuningID(finetuning) }
        if let connection { request.databaseConnection = try await session.connectionID(connection) }
        try await session.show(try await session.ask(Routes.renderPrompt, body: request)) {
            FieldList($0).text(on: $1)
        }
    }
}
