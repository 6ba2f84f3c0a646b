public import Identifiers

/// A question of an evaluation, and what the models answered so far.
public struct EvaluationResult: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case position
        case goldenRecord = "golden_record_id"
        case question = "prompt_text"
        case goldenSQL = "golden_sql"
        case trainedOn = "trained_on"
        case mustPass = "must_pass"
        case goldenResult = "golden_result"
        case candidate, baseline
    }

    /// From 0, in the order of the evaluation.
    public var position: Int
    /// The golden record, which may be gone.
    public var goldenRecord: ObjectID
    /// Its question, as it was.
    public var question: String
    /// Its SQL, as it was.
    public var goldenSQL: String
    /// Whether the tuned model was trained on it.
    public var trainedOn: Bool
    /// Whether its metadata says `must_pass`.
    public var mustPass: Bool
    /// What the golden SQL gives now, its first rows; only where results were asked for.
    public var goldenResult: QueryResult?
    /// The tuned model's answer.
    public var candidate: EvaluationAnswer?
    /// The baseline's answer.
    public var baseline: EvaluationAnswer?

    /// A result.
    public init(
        position: Int, goldenRecord: ObjectID, question: String, goldenSQL: String, trainedOn: Bool, mustPass: Bool,
        goldenResult: QueryResult?, candidate: EvaluationAnswer?, baseline: EvaluationAnswer?
    ) {
        self.position = position
        self.goldenRecord = goldenRecord
        self.question = question
        self.goldenSQL = goldenSQL
        self.trainedOn = trainedOn
        self.mustPass = mustPass
        self.goldenResult = goldenResult
        self.candidate = candidate
        self.baseline = baseline
    }
}

/// What a model answered, and what that is worth.
public struct EvaluationAnswer: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case sql, verdict, reason, result
        case exactMatch = "exact_match"
        case promptTokens = "prompt_tokens"
        case answerTokens = "answer_tokens"
        case milliseconds
        case createdAt = "created_at"
    }

    /// What an answer is worth.
    public enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
        /// It gives what the golden SQL gives.
        case correct
        /// It runs, and gives something else.
        case different
        /// It is not one statement that only reads and prepares.
        case invalid
        /// It cannot be run to its end within the limits.
        case failed
        /// The provider gave no answer.
        case unanswered
        /// Nobody can tell.
        case unjudged
    }

    /// The SQL.
    public var sql: String?
    /// What it is worth.
    public var verdict: Verdict
    /// Why it is not right.
    public var reason: String?
    /// What its SQL gives now, its first rows; only where results were asked for.
    public var result: QueryResult?
    /// Whether it is the golden SQL, but for spaces, letters' case and comments.
    public var exactMatch: Bool
    /// Tokens of the prompt, if the provider told.
    public var promptTokens: Int?
    /// Tokens of the answer, if the provider told.
    public var answerTokens: Int?
    /// From the request to the whole answer.
    public var milliseconds: Int
    /// When it came.
    public var createdAt: Timestamp

    /// An answer.
    public init(
        sql: String?, verdict: Verdict, reason: String?, result: QueryResult?, exactMatch: Bool,
        promptTokens: Int?, answerTokens: Int?, milliseconds: Int, createdAt: Timestamp
    ) {
        self.sql = sql
        self.verdict = verdict
        self.reason = reason
        self.result = result
        self.exactMatch = exactMatch
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.milliseconds = milliseconds
        self.createdAt = createdAt
    }
}

/// Which answers of an evaluation: `?verdict=different&results=true`.
public struct EvaluationAnswersQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case verdict, results, page, limit
    }

    /// Only the questions to which the tuned model gave such an answer.
    public var verdict: EvaluationAnswer.Verdict?
    /// Whether the golden SQL and the answers are run again, and their first rows shown. A page has at most 100 then.
    public var results: Bool?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A query.
    public init(
        verdict: EvaluationAnswer.Verdict? = nil, results: Bool? = nil, page: Int? = nil, limit: Int? = nil
    ) {
        self.verdict = verdict
        self.results = results
        self.page = page
        self.limit = limit
    }
}

// MARK: For the OpenAPI document

extension EvaluationAnswersQuery: Refined {
    static let refinements = Dictionary([
        CodingKeys.results: Refinement().defaulting(to: false), .page: .pageNumber, .limit: .pageSize,
    ])
}

extension EvaluationResult: Refined {
    static let refinements = Dictionary([
        CodingKeys.position: .integer(from: 0), .question: .example("How many customers are there?"),
        .goldenSQL: .example("SELECT count(*) FROM customers"),
    ])
}

extension EvaluationAnswer: Refined {
    static let refinements = Dictionary([
        CodingKeys.sql: .example("SELECT count(*) FROM customers"), .promptTokens: .integer(from: 0),
        .answerTokens: .integer(from: 0), .milliseconds: .integer(from: 0),
    ])
}
