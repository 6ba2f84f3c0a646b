import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning plan`
struct FinetuningPlanCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say what would be trained. Makes nothing, costs nothing.",
        discussion: "Example: finetunectl finetuning plan shop --epochs 2")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var order: OrderOptions

    func run(in session: Session) async throws {
        let order = try await order.order(in: session)
        try await session.show(try await session.ask(Routes.planFinetuning, body: order)) { $0.text(on: $1) }
    }
}
