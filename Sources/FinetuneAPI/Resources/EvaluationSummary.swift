public import Identifiers

/// What the answers of an evaluation show.
public struct EvaluationSummary: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case candidate, baseline, comparison, regressions
        case trainedOn = "trained_on"
        case baselineTrainedOn = "baseline_trained_on"
    }

    /// How the tuned model did.
    public var candidate: EvaluationScore
    /// How the baseline did.
    public var baseline: EvaluationScore?
    /// The two on the same questions.
    public var comparison: EvaluationComparison?
    /// The golden records marked `must_pass` that the tuned model answers wrong and the baseline does not.
    public var regressions: [ObjectID]
    /// How many of the questions that were answered the tuned model was trained on: right answers to these show memory.
    public var trainedOn: Int
    /// How many of the questions that the baseline answered it was trained on: 0 of a base model. Nothing without a
    /// baseline, and where nobody here can know, because it is the model of no finetuning that is here (any more).
    public var baselineTrainedOn: Int?

    /// A summary.
    public init(
        candidate: EvaluationScore, baseline: EvaluationScore?, comparison: EvaluationComparison?,
        regressions: [ObjectID], trainedOn: Int, baselineTrainedOn: Int? = nil
    ) {
        self.candidate = candidate
        self.baseline = baseline
        self.comparison = comparison
        self.regressions = regressions
        self.trainedOn = trainedOn
        self.baselineTrainedOn = baselineTrainedOn
    }
}

/// How one model did.
public struct EvaluationScore: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case answers, unjudged
        case executionAccuracy = "execution_accuracy"
        case validSQL = "valid_sql"
        case exactMatch = "exact_match"
        case byFeature = "by_feature"
        case promptTokens = "prompt_tokens"
        case answerTokens = "answer_tokens"
        case cost
        case latency
    }

    /// How many answers are in.
    public var answers: Int
    /// How many of them nobody can judge; they count for neither side.
    public var unjudged: Int
    /// Answers that give what the golden SQL gives, when both are run.
    public var executionAccuracy: MeasuredShare
    /// Answers that are one statement that only reads and prepares.
    public var validSQL: MeasuredShare
    /// Answers that are the golden SQL, but for spaces, letters' case and comments.
    public var exactMatch: MeasuredShare
    /// Execution accuracy where the golden SQL has a feature: `join`, `group`, `nested`, `set_operation`, `window`, or
    /// none of them, `plain`.
    public var byFeature: [FeatureScore]
    /// The tokens of the prompts, as far as the provider told.
    public var promptTokens: Int
    /// The tokens of the answers, as far as the provider told.
    public var answerTokens: Int
    /// What these cost, in US dollars; left out where the catalogue has no price.
    public var cost: String?
    /// How long answers took; left out where there is none.
    public var latency: LatencyPercentiles?

    /// A score.
    public init(
        answers: Int, unjudged: Int, executionAccuracy: MeasuredShare, validSQL: MeasuredShare,
        exactMatch: MeasuredShare, byFeature: [FeatureScore], promptTokens: Int, answerTokens: Int, cost: String?,
        latency: LatencyPercentiles?
    ) {
        self.answers = answers
        self.unjudged = unjudged
        self.executionAccuracy = executionAccuracy
        self.validSQL = validSQL
        self.exactMatch = exactMatch
        self.byFeature = byFeature
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.cost = cost
        self.latency = latency
    }
}

/// A share of questions, with Wilson's interval at 95 %.
public struct MeasuredShare: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case count, of, share, lower, upper
    }

    /// How many.
    public var count: Int
    /// Of how many.
    public var of: Int
    /// The share, 0 to 1; left out of none.
    public var share: Double?
    /// The lower end of the interval.
    public var lower: Double?
    /// The upper end of the interval.
    public var upper: Double?

    /// A share.
    public init(count: Int, of total: Int, share: Double?, lower: Double?, upper: Double?) {
        self.count = count
        of = total
        self.share = share
        self.lower = lower
        self.upper = upper
    }
}

/// Execution accuracy where the golden SQL has a feature.
public struct FeatureScore: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case feature, accuracy
    }

    /// Which: `join`, `group`, `nested`, `set_operation`, `window`, `plain`.
    public var feature: String
    /// The accuracy there.
    public var accuracy: MeasuredShare

    /// A score.
    public init(feature: String, accuracy: MeasuredShare) {
        self.feature = feature
        self.accuracy = accuracy
    }
}

/// How long answers took, from the request to the whole answer.
public struct LatencyPercentiles: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case median = "p50_ms"
        case most = "p95_ms"
        case nearlyAll = "p99_ms"
    }

    /// Half of them took no longer, in milliseconds.
    public var median: Int
    /// 95 % took no longer.
    public var most: Int
    /// 99 % took no longer.
    public var nearlyAll: Int

    /// Percentiles.
    public init(median: Int, most: Int, nearlyAll: Int) {
        self.median = median
        self.most = most
        self.nearlyAll = nearlyAll
    }
}

/// Two models on the same questions, of which both answers could be judged.
public struct EvaluationComparison: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case both
        case candidateOnly = "candidate_only"
        case baselineOnly = "baseline_only"
        case neither
        case pValue = "p_value"
        case difference, lower, upper
    }

    /// Both right.
    public var both: Int
    /// Only the tuned model right.
    public var candidateOnly: Int
    /// Only the baseline right.
    public var baselineOnly: Int
    /// Both wrong.
    public var neither: Int
    /// McNemar's exact test: how probable such a difference is if both are equally good.
    public var pValue: Double
    /// The tuned model's accuracy less the baseline's.
    public var difference: Double
    /// The lower end of its interval at 95 %, by Newcombe's method for paired shares.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// A comparison.
    public init(
        both: Int, candidateOnly: Int, baselineOnly: Int, neither: Int, pValue: Double, difference: Double,
        lower: Double, upper: Double
    ) {
        self.both = both
        self.candidateOnly = candidateOnly
        self.baselineOnly = baselineOnly
        self.neither = neither
        self.pValue = pValue
        self.difference = difference
        self.lower = lower
        self.upper = upper
    }
}

// MARK: For the OpenAPI document

extension EvaluationSummary: Refined {
    static let refinements = Dictionary([
        CodingKeys.trainedOn: .integer(from: 0), .baselineTrainedOn: .integer(from: 0),
    ])
}

extension EvaluationScore: Refined {
    static let refinements = Dictionary([
        CodingKeys.answers: .integer(from: 0), .unjudged: .integer(from: 0), .promptTokens: .integer(from: 0),
        .answerTokens: .integer(from: 0), .cost: .example("0.21"),
    ])
}

extension MeasuredShare: Refined {
    static let refinements = Dictionary([CodingKeys.count: .integer(from: 0), .of: .integer(from: 0)])
}

extension FeatureScore: Refined {
    static let refinements = Dictionary([
        CodingKeys.feature: .words(["join", "group", "nested", "set_operation", "window", "plain"])
    ])
}

extension LatencyPercentiles: Refined {
    static let refinements = Dictionary([
        CodingKeys.median: .integer(from: 0), .most: .integer(from: 0), .nearlyAll: .integer(from: 0),
    ])
}

extension EvaluationComparison: Refined {
    static let refinements = Dictionary([
        CodingKeys.both: .integer(from: 0), .candidateOnly: .integer(from: 0), .baselineOnly: .integer(from: 0),
        .neither: .integer(from: 0),
    ])
}
