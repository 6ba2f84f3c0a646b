import ArgumentParser
import FinetuneAPI

/// `finetunectl evaluation cancel`
struct EvaluationCancel: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End an evaluation early. The answers that are in stay.",
        discussion: "Example: finetunectl evaluation cancel 6b046880624ebede0ec29c22")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var reference: EvaluationReference

    func run(in session: Session) async throws {
        let answer = try await session.ask(Routes.cancelEvaluation, reference.evaluation)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
