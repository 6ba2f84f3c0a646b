package import Identifiers

/// A golden record as an evaluation asks it.
package struct EvaluationQuestion: Hashable, Sendable {
    /// From 0, in the order of the evaluation.
    package let position: Int
    /// The golden record, which may be gone by now.
    package let record: ObjectID
    /// Its question.
    package let question: String
    /// Its SQL.
    package let goldenSQL: String
    /// Whether the candidate was trained on it, so that a right answer shows memory rather than skill.
    package let wasTrainedOn: Bool
    /// Whether its metadata says `must_pass`.
    package let mustPass: Bool

    /// A question.
    package init(
        position: Int, record: ObjectID, question: String, goldenSQL: String, wasTrainedOn: Bool, mustPass: Bool
    ) {
        self.position = position
        self.record = record
        self.question = question
        self.goldenSQL = goldenSQL
        self.wasTrainedOn = wasTrainedOn
        self.mustPass = mustPass
    }
}

/// What a model answered, and what that is worth.
package struct EvaluationAnswer: Hashable, Sendable {
    /// The question's position.
    package let position: Int
    /// Who answered.
    package let contestant: Contestant
    /// The SQL of the answer; `nil` where there was none.
    package let sql: String?
    /// What it is worth.
    package let verdict: Verdict
    /// Whether it is the golden SQL, but for spaces, letters' case and comments.
    package let isExactMatch: Bool
    /// Tokens of the prompt, if the provider told.
    package let promptTokens: Int?
    /// Tokens of the answer, if the provider told.
    package let answerTokens: Int?
    /// From the request to the whole answer, in milliseconds.
    package let milliseconds: Int
    /// When it came.
    package let at: Timestamp

    /// An answer.
    package init(
        position: Int, contestant: Contestant, sql: String?, verdict: Verdict, isExactMatch: Bool, promptTokens: Int?,
        answerTokens: Int?, milliseconds: Int, at: Timestamp
    ) {
        self.position = position
        self.contestant = contestant
        self.sql = sql
        self.verdict = verdict
        self.isExactMatch = isExactMatch
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.milliseconds = milliseconds
        self.at = at
    }
}

/// What an answer is worth.
package enum Verdict: Hashable, Sendable {
    /// It gives what the golden SQL gives.
    case correct
    /// It runs, and gives something else.
    case different
    /// It is not one statement that only reads and prepares against the database.
    case invalid(reason: String)
    /// It prepares, and cannot be run to its end within the limits.
    case failed(reason: String)
    /// The provider gave no answer to this question, and would not give one later.
    case unanswered(reason: String)
    /// Nobody can tell: the golden SQL cannot be run, or the daemon cannot open the database.
    case unjudged(reason: String)

    /// Whether it counts as right; `nil` where nobody can tell.
    package var isRight: Bool? {
        switch self {
        case .correct: true
        case .different, .invalid, .failed, .unanswered: false
        case .unjudged: nil
        }
    }

    /// Whether the SQL is valid: it prepares; `nil` where nobody can tell.
    package var isValid: Bool? {
        switch self {
        case .correct, .different, .failed: true
        case .invalid, .unanswered: false
        case .unjudged: nil
        }
    }

    /// Why it is not right, in a sentence without a full stop.
    package var reason: String? {
        switch self {
        case .correct: nil
        case .different: "it gives another result"
        case .invalid(let reason), .failed(let reason), .unanswered(let reason), .unjudged(let reason): reason
        }
    }
}
