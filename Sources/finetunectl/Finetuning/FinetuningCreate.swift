import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning create`
struct FinetuningCreate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Fine-tune a model. This is what costs money.",
        discussion: """
            On a terminal it shows the plan with its price and asks before it goes on; with --yes, or where standard \
            input or standard error is no terminal, it does not ask. What is then trained is what the plan showed, \
            at its price, or nothing.

            Examples:
              finetunectl finetuning create shop --watch
              finetunectl finetuning create shop --alias shop-v2 --epochs 2 --validation-fraction 0.1
              finetunectl finetuning create shop --validation-fraction 0.2 --auto-promote sales-sql
              finetunectl finetuning create shop --yes
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var order: OrderOptions

    @Option(
        name: .customLong("plan-sha256"),
        help: ArgumentHelp("Refuse unless what is trained, and its price, is as that plan showed.", valueName: "hex"))
    var planSHA256: String?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Flag(help: "Follow it to its end, as `finetunectl finetuning watch` does.")
    var watch = false

    func run(in session: Session) async throws {
        var order = try await order.order(in: session)
        order.planSHA256 = planSHA256
        if !yes, session.terminal.canAsk { order = try await confirmed(order, in: session) }
        let answer = try await session.ask(Routes.createFinetuning, body: order)
        try await session.show(answer) { FieldList($0).text(on: $1) }
        if watch {
            try await FinetuningWatch(id: answer.response.id, telling: .events(after: 0)).run(in: session)
        } else if !session.wantsJSON {
            await session.console.note("Follow it: finetunectl finetuning watch \(answer.response.alias)")
        }
    }

    /// The order, bound to the plan that the user agreed to.
    private func confirmed(_ order: NewFinetuning, in session: Session) async throws -> NewFinetuning {
        let plan = try await session.ask(Routes.planFinetuning, body: order).response
        await session.console.note(plan.text(on: session.terminal))
        let question = plan.ready ? "Start this finetuning (\(plan.cost.readable))? [y/N] " : nil
        guard let question, try await session.console.confirms(question) else {
            await session.console.note("Nothing was started.")
            throw ExitStatus.refused
        }
        var order = order
        order.alias = plan.alias
        order.planSHA256 = order.planSHA256 ?? plan.planSHA256
        return order
    }
}
