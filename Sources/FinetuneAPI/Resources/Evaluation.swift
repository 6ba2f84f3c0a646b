public import Identifiers

/// One measurement of a tuned model beside another, over golden records.
public struct Evaluation: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case finetuning = "finetuning_id"
        case databaseConnection = "db_connection_id"
        case status, error, candidate, baseline, alias, questions, answers
        case neededAnswers = "needed_answers"
        case tokensUsed = "tokens_used"
        case maximumTokens = "max_tokens"
        case obstacle
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case metadata, summary
    }

    /// Its id.
    public var id: ObjectID
    /// The finetuning whose model is measured.
    public var finetuning: ObjectID
    /// The database that the questions are about.
    public var databaseConnection: ObjectID
    /// Where it is.
    public var status: EvaluationStatus
    /// Why it failed.
    public var error: String?
    /// The tuned model.
    public var candidate: EvaluatedModel
    /// What it is compared with.
    public var baseline: EvaluatedModel?
    /// The alias whose present model is the baseline.
    public var alias: String?
    /// How many questions each model is asked.
    public var questions: Int
    /// How many answers are in.
    public var answers: Int
    /// How many answers make it complete.
    public var neededAnswers: Int
    /// The tokens that the answers took so far, as far as the provider told.
    public var tokensUsed: Int
    /// The tokens after which it ends early.
    public var maximumTokens: Int?
    /// What it waits for, while it does.
    public var obstacle: String?
    /// When it was accepted.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// What the answers that are in show; in lists it is left out.
    public var summary: EvaluationSummary?

    /// An evaluation.
    public init(
        id: ObjectID, finetuning: ObjectID, databaseConnection: ObjectID, status: EvaluationStatus, error: String?,
        candidate: EvaluatedModel, baseline: EvaluatedModel?, alias: String?, questions: Int, answers: Int,
        neededAnswers: Int, tokensUsed: Int, maximumTokens: Int?, obstacle: String?, createdAt: Timestamp,
        updatedAt: Timestamp, metadata: JSONValue?, summary: EvaluationSummary?
    ) {
        self.id = id
        self.finetuning = finetuning
        self.databaseConnection = databaseConnection
        self.status = status
        self.error = error
        self.candidate = candidate
        self.baseline = baseline
        self.alias = alias
        self.questions = questions
        self.answers = answers
        self.neededAnswers = neededAnswers
        self.tokensUsed = tokensUsed
        self.maximumTokens = maximumTokens
        self.obstacle = obstacle
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.metadata = metadata
        self.summary = summary
    }
}

/// Where an evaluation is.
public enum EvaluationStatus: String, Codable, Sendable, Hashable, CaseIterable {
    case queued, running, succeeded, failed, cancelled

    /// Whether nothing will change any more.
    public var isTerminal: Bool {
        switch self {
        case .queued, .running: false
        case .succeeded, .failed, .cancelled: true
        }
    }
}

/// A model that is evaluated.
public struct EvaluatedModel: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case modelProvider = "model_provider"
        case modelID = "model_id"
    }

    /// Who serves it.
    public var modelProvider: String
    /// Its id there.
    public var modelID: String

    /// A model.
    public init(modelProvider: String, modelID: String) {
        self.modelProvider = modelProvider
        self.modelID = modelID
    }
}

/// What orders an evaluation, or asks for its plan.
public struct NewEvaluation: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case goldenRecords = "golden_records"
        case includeTraining = "include_training"
        case baselineAlias = "baseline_alias"
        case baselineModel = "baseline_model"
        case maximumTokens = "max_tokens"
        case metadata
    }

    /// The golden records to ask; those held out from training where left out, and beside an alias whose gate asks for
    /// them those marked `must_pass`, trained on or not.
    public var goldenRecords: [ObjectID]?
    /// Whether records that the model was trained on may be among them. They are refused otherwise.
    public var includeTraining: Bool?
    /// The alias whose present model is the baseline.
    public var baselineAlias: String?
    /// The model that is the baseline, by its id at the provider; the base model of the finetuning where both are
    /// left out.
    public var baselineModel: String?
    /// The most tokens that the answers may take; it ends early once they are used.
    public var maximumTokens: Int?
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// An order.
    public init(
        goldenRecords: [ObjectID]? = nil, includeTraining: Bool? = nil, baselineAlias: String? = nil,
        baselineModel: String? = nil, maximumTokens: Int? = nil, metadata: JSONValue? = nil
    ) {
        self.goldenRecords = goldenRecords
        self.includeTraining = includeTraining
        self.baselineAlias = baselineAlias
        self.baselineModel = baselineModel
        self.maximumTokens = maximumTokens
        self.metadata = metadata
    }
}

/// What an evaluation would ask, before anything is spent.
public struct EvaluationPlan: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case finetuning = "finetuning_id"
        case candidate, baseline, questions
        case trainedOn = "trained_on"
        case measuresExecution = "measures_execution"
        case promptTokens = "prompt_tokens"
        case answerTokens = "answer_tokens"
        case cost
        case mostCost = "most_cost"
        case costReason = "cost_reason"
        case obstacle
    }

    /// The finetuning whose model would be measured.
    public var finetuning: ObjectID
    /// The tuned model.
    public var candidate: EvaluatedModel
    /// What it would be compared with.
    public var baseline: EvaluatedModel?
    /// How many questions each model would be asked.
    public var questions: Int
    /// How many of them the model was trained on.
    public var trainedOn: Int
    /// Whether the daemon can run SQL on the database; else nothing but exact matches is measured.
    public var measuresExecution: Bool
    /// The tokens of all prompts together.
    public var promptTokens: Int
    /// The tokens of all answers, if each were as long as the golden SQL.
    public var answerTokens: Int
    /// What that costs, in US dollars; left out where the catalogue does not say what answers of one of the models
    /// cost.
    public var cost: String?
    /// What it costs at most: each answer as long as it may be, or with `max_tokens` the dearest answers up to that
    /// and the eight that may be under way then. It is what is counted in budgets until it is over. An answer that
    /// gets lost on its way may be charged by the provider all the same, and is asked for again: that is not in it.
    public var mostCost: String?
    /// Why nobody knows what it costs.
    public var costReason: String?
    /// Why it would not be accepted, where a budget leaves too little.
    public var obstacle: String?

    /// A plan.
    public init(
        finetuning: ObjectID, candidate: EvaluatedModel, baseline: EvaluatedModel?, questions: Int, trainedOn: Int,
        measuresExecution: Bool, promptTokens: Int, answerTokens: Int, cost: String?, mostCost: String? = nil,
        costReason: String? = nil, obstacle: String? = nil
    ) {
        self.finetuning = finetuning
        self.candidate = candidate
        self.baseline = baseline
        self.questions = questions
        self.trainedOn = trainedOn
        self.measuresExecution = measuresExecution
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.cost = cost
        self.mostCost = mostCost
        self.costReason = costReason
        self.obstacle = obstacle
    }
}

/// Which page of the list of evaluations.
public struct EvaluationPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case finetuning = "finetuning_id"
        case status, page, limit
    }

    /// Only those of this finetuning.
    public var finetuning: ObjectID?
    /// Only those with this status.
    public var status: EvaluationStatus?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(
        finetuning: ObjectID? = nil, status: EvaluationStatus? = nil, page: Int? = nil, limit: Int? = nil
    ) {
        self.finetuning = finetuning
        self.status = status
        self.page = page
        self.limit = limit
    }
}

/// The last line of a stream of an evaluation's events.
public struct EvaluationEventsEnd: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lastSequence = "last_sequence"
        case status
    }

    /// The last event that was sent, or that `after` named; where to go on.
    public var lastSequence: Int
    /// The evaluation's status then.
    public var status: EvaluationStatus

    /// An end.
    public init(lastSequence: Int, status: EvaluationStatus) {
        self.lastSequence = lastSequence
        self.status = status
    }
}

// MARK: For the OpenAPI document

extension Evaluation: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .example("sales-sql"), .questions: .integer(from: 1), .answers: .integer(from: 0),
        .neededAnswers: .integer(from: 1), .tokensUsed: .integer(from: 0), .maximumTokens: .integer(from: 1),
        .metadata: .object,
    ])
}

extension EvaluatedModel: Refined {
    static let refinements = Dictionary([
        CodingKeys.modelProvider: .example("openai"), .modelID: .example("ft:gpt-4o-mini-2024-07-18:org:shop:abc123"),
    ])
}

extension NewEvaluation: Refined {
    static let refinements = Dictionary([
        CodingKeys.includeTraining: Refinement().defaulting(to: false), .baselineAlias: .example("sales-sql"),
        .baselineModel: .example("gpt-4o-mini-2024-07-18"), .maximumTokens: .integer(from: 1), .metadata: .object,
    ])
}

extension EvaluationPlan: Refined {
    static let refinements = Dictionary([
        CodingKeys.questions: .integer(from: 0), .trainedOn: .integer(from: 0), .promptTokens: .integer(from: 0),
        .answerTokens: .integer(from: 0), .cost: .example("0.42"), .mostCost: .example("1.10"),
    ])
}

extension EvaluationPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}

extension EvaluationEventsEnd: Refined {
    static let refinements = Dictionary([CodingKeys.lastSequence: .integer(from: 0)])
}
