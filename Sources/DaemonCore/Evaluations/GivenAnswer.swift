import Evaluations
import Identifiers
import Jobs
import TrainingData

/// What came of one question to one model, before it is judged. It is paid for, so it is kept until it is stored.
struct GivenAnswer: Sendable {
    /// What the provider said.
    enum Content: Sendable {
        case sql(String, Completion.Usage?)
        /// There is no answer, and will be none later.
        case nothing(reason: String)
    }

    let question: EvaluationQuestion
    let contestant: Contestant
    let content: Content
    /// From the request to the whole answer.
    let took: Duration
    /// When it came.
    let at: Timestamp

    init(_ question: EvaluationQuestion, _ contestant: Contestant, _ content: Content, took: Duration = .zero) {
        self.question = question
        self.contestant = contestant
        self.content = content
        self.took = took
        at = .now
    }

    /// The answer with what its SQL is worth, which `bench` finds out.
    func judged(by bench: JudgeBench) async throws(JudgeBench.Unreadable) -> EvaluationAnswer {
        switch content {
        case .nothing(let reason): answer(worth: .unanswered(reason: reason), sql: nil, usage: nil)
        case .sql("", let usage):
            answer(worth: .invalid(reason: "the answer holds no SQL"), sql: nil, usage: usage)
        case .sql(let sql, let usage):
            answer(worth: try await bench.verdict(on: sql, golden: question.goldenSQL), sql: sql, usage: usage)
        }
    }

    /// The answer as one of which nobody can tell what it is worth.
    func unjudged(because reason: String) -> EvaluationAnswer {
        switch content {
        case .nothing(let reason): answer(worth: .unanswered(reason: reason), sql: nil, usage: nil)
        case .sql(let sql, let usage): answer(worth: .unjudged(reason: reason), sql: sql, usage: usage)
        }
    }

    private func answer(worth verdict: Verdict, sql: String?, usage: Completion.Usage?) -> EvaluationAnswer {
        EvaluationAnswer(
            position: question.position, contestant: contestant, sql: sql, verdict: verdict,
            isExactMatch: sql.map { NormalisedSQL($0) == NormalisedSQL(question.goldenSQL) } ?? false,
            promptTokens: usage?.promptTokens, answerTokens: usage?.answerTokens,
            milliseconds: took.wholeMilliseconds, at: at)
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
