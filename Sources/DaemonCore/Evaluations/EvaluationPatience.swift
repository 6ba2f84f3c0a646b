import Evaluations
import Identifiers

/// How long one evaluation is tried in vain: what its runner remembers while it works on it. Decides alone.
struct EvaluationPatience {
    /// Answers to one question that may get lost before there is none: each may be charged.
    static let lostAnswers = 5

    /// The rounds that failed since the last that did not.
    var tries = 0
    private var lost: [Turn: Int] = [:]
    private var unknownSince: Timestamp?

    private struct Turn: Hashable {
        let position: Int
        let contestant: Contestant
    }

    /// A round went well.
    mutating func renew() {
        tries = 0
        unknownSince = nil
    }

    /// Whether the question is given up after another lost answer.
    mutating func isSpent(byLosing question: EvaluationQuestion, of contestant: Contestant) -> Bool {
        let turn = Turn(position: question.position, contestant: contestant)
        lost[turn, default: 0] += 1
        return lost[turn, default: 0] >= Self.lostAnswers
    }

    /// Whether the model is given up, which its provider does not know at this moment of `Timestamp.steady`. One that
    /// was just made may not be known at once.
    mutating func isSpent(byUnknownModelAt now: Timestamp, after limit: Duration) -> Bool {
        let since = unknownSince ?? now
        unknownSince = since
        return now.duration(since: since) >= limit
    }
}
