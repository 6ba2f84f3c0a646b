import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning create`
struct FinetuningCreate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Fine-tune a model. This is what costs money: look at the plan first.",
        discussion: """
            Examples:
              finetunectl finetuning create shop --watch
              finetunectl finetuning create shop --alias shop-v2 --epochs 2
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var order: OrderOptions

    @Flag(help: "Follow it to its end, as `finetunectl finetuning watch` does.")
    var watch = false

    func run(in session: Session) async throws {
        let order = try await order.order(in: session)
        let answer = try await session.ask(Routes.createFinetuning, body: order)
        try await session.show(answer) { FieldList($0).text(on: $1) }
        if watch {
            try await FinetuningWatch(id: answer.response.id, telling: .events(after: 0)).run(in: session)
        } else if !session.wantsJSON {
            await session.console.note("Follow it: finetunectl finetuning watch \(answer.response.alias)")
        }
    }
}
