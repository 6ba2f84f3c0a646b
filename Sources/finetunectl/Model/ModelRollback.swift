import ArgumentParser
import FinetuneAPI

/// `finetunectl model rollback`
struct ModelRollback: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Let an alias stand for the model before its present one.",
        discussion: """
            Once more goes back one model further. Nothing is forgotten: see finetunectl model history.

            Example: finetunectl model rollback sales-sql --note 'wrong on returns'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias
    @OptionGroup var more: SwitchOptions

    func run(in session: Session) async throws {
        let rollback = Rollback(expectedVersion: more.expect, note: more.note)
        let answer = try await session.ask(Routes.rollBackModel, model.alias, body: rollback)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
