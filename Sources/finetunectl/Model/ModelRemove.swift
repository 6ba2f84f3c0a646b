import ArgumentParser
import FinetuneAPI

/// `finetunectl model remove`
struct ModelRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget an alias and its history. The models stay.",
        discussion: "Example: finetunectl model remove sales-sql")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.deleteModel, model.alias)) { removed, _ in
            "removed the alias \(removed.alias.onOneLine)\n"
        }
    }
}
