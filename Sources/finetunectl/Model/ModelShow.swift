import ArgumentParser
import FinetuneAPI

/// `finetunectl model show`
struct ModelShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the model that an alias stands for.",
        discussion: "Example: finetunectl model show sales-sql")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    func run(in session: Session) async throws {
        let answer = try await session.ask(
            Routes.readModel, model.alias, query: ServedModelQuery(), body: Nothing())
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
