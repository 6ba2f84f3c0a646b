import ArgumentParser
import FinetuneAPI

/// `finetunectl evaluation answers`
struct EvaluationAnswersCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: "Show each question of an evaluation, and what the models answered.",
        discussion: """
            Examples:
              finetunectl evaluation answers 6b046880624ebede0ec29c22
              finetunectl evaluation answers 6b046880624ebede0ec29c22 --verdict different
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var reference: EvaluationReference

    @Option(
        help: """
            Only those that the tuned model answered so: \
            \(EvaluationAnswer.Verdict.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    var verdict: EvaluationAnswer.Verdict?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        try await session.show(page) { page, limit in
            let query = EvaluationAnswersQuery(verdict: verdict, page: page, limit: limit)
            return try await session.ask(Routes.evaluationAnswers, reference.evaluation, query: query, body: Nothing())
        } text: {
            TextTable(results: $0).text(on: $1)
        }
    }
}
