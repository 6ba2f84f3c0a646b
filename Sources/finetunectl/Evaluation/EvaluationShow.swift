import ArgumentParser
import FinetuneAPI

/// `finetunectl evaluation show`
struct EvaluationShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what an evaluation measured so far.",
        discussion: "Example: finetunectl evaluation show 6b046880624ebede0ec29c22")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var reference: EvaluationReference

    func run(in session: Session) async throws {
        let answer = try await session.ask(Routes.readEvaluation, reference.evaluation)
        try await session.show(answer) { $0.text(on: $1) }
    }
}
