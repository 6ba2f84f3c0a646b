import ArgumentParser
import FinetuneAPI

/// `finetunectl evaluation remove`
struct EvaluationRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget an evaluation that is over, with its answers.",
        discussion: "Example: finetunectl evaluation remove 6b046880624ebede0ec29c22")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var reference: EvaluationReference

    func run(in session: Session) async throws {
        let answer = try await session.ask(Routes.deleteEvaluation, reference.evaluation)
        try await session.show(answer) { deleted, _ in "removed \(deleted.id)\n" }
    }
}
