import ArgumentParser
import FinetuneAPI
import LineTransport

/// `finetunectl model promote`
struct ModelPromote: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Let an alias stand for a finetuning's model.",
        discussion: """
            The alias is made if nobody has it. Agents that follow it switch at once.

            If the alias has a gate, the newest evaluation of the finetuning against the alias's present model has to \
            meet it; `finetunectl evaluate FINETUNING --baseline-alias ALIAS` makes one.

            Examples:
              finetunectl model promote sales-sql shop-v2
              finetunectl model promote sales-sql shop-v2 --expect 3 --note 'better on joins'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @OptionGroup var more: SwitchOptions

    @Flag(help: "Promote it though the gate refuses it. This takes an administrator, and stays in the history.")
    var force = false

    func run(in session: Session) async throws {
        let promotion = Promotion(
            finetuning: try await session.finetuningID(finetuning), expectedVersion: more.expect, note: more.note,
            force: force ? true : nil)
        do {
            let answer = try await session.ask(Routes.promoteModel, model.alias, body: promotion)
            try await session.show(answer) { FieldList($0).text(on: $1) }
        } catch ClientError.refused(let status, let refusal) {
            if !session.wantsJSON, let verdict = try refusal.verdict, !verdict.findings.isEmpty {
                await session.console.note(TextTable(verdict).text(on: session.terminal))
            }
            throw ClientError.refused(status: status, refusal)
        }
    }
}

extension APIError {
    /// What the gate found, of a promotion that it refused.
    fileprivate var verdict: GateVerdict? {
        get throws {
            guard code == .promotionRefused, let verdict = detail["verdict"] else { return nil }
            return try WireDecoder(ignoresUnknownKeys: true).decode(from: verdict)
        }
    }
}
