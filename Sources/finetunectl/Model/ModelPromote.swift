import ArgumentParser
import FinetuneAPI

/// `finetunectl model promote`
struct ModelPromote: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Let an alias stand for a finetuning's model.",
        discussion: """
            The alias is made if nobody has it. Agents that follow it switch at once.

            Examples:
              finetunectl model promote sales-sql shop-v2
              finetunectl model promote sales-sql shop-v2 --expect 3 --note 'better on joins'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @OptionGroup var more: SwitchOptions

    func run(in session: Session) async throws {
        let promotion = Promotion(
            finetuning: try await session.finetuningID(finetuning), expectedVersion: more.expect, note: more.note)
        let answer = try await session.ask(Routes.promoteModel, model.alias, body: promotion)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
