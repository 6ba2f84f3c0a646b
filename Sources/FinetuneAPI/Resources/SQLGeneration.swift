public import Identifiers

/// An answer to a question: SQL from a model, or SQL that was given to be checked.
public struct SQLGeneration: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case prompt = "prompt_id"
        case finetuning = "finetuning_id"
        case model
        case modelVersion = "model_version"
        case status
        case completedAt = "completed_at"
        case llmConfig = "llm_config"
        case intermediateSteps = "intermediate_steps"
        case sql
        case tokensUsed = "tokens_used"
        case confidenceScore = "confidence_score"
        case evaluate, error
        case createdAt = "created_at"
        case metadata, warning
    }

    /// What is known of the SQL.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// It is one statement that only reads, and prepares against the described tables.
        case valid
        /// It is not, or there is none.
        case invalid
        /// Nobody can tell here: the daemon prepares SQL of SQLite alone.
        case unchecked
    }

    /// Its id.
    public var id: ObjectID
    /// The question.
    public var prompt: ObjectID
    /// The finetuning whose model was asked.
    public var finetuning: ObjectID?
    /// The alias by which the model was called.
    public var model: String?
    /// The alias's version then.
    public var modelVersion: Int?
    /// What is known of the SQL.
    public var status: Status
    /// When the answer was there.
    public var completedAt: Timestamp
    /// The model that was asked; nothing where the SQL was given.
    public var llmConfig: LLMConfig?
    /// The answers that were not taken, in order.
    public var intermediateSteps: [IntermediateStep]
    /// The SQL, cleaned; nothing where there was no answer.
    public var sql: String?
    /// The tokens that the provider charged for, all tries together, if it told.
    public var tokensUsed: Int?
    /// How sure the model was, from 0 to 1: the geometric mean of the probabilities that it gave the tokens of its
    /// answer. Measured where `evaluate` asked for it and the provider tells; else nothing.
    public var confidenceScore: Double?
    /// Whether the confidence was asked for.
    public var evaluate: Bool
    /// Why the SQL is not valid, or why nobody can tell.
    public var error: String?
    /// When it was asked for.
    public var createdAt: Timestamp
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// What spoke against asking this model: it was trained on another database, or on other tables.
    public var warning: String?

    /// A generation.
    public init(
        id: ObjectID, prompt: ObjectID, finetuning: ObjectID?, model: String?, modelVersion: Int?, status: Status,
        completedAt: Timestamp, llmConfig: LLMConfig?, intermediateSteps: [IntermediateStep], sql: String?,
        tokensUsed: Int?, confidenceScore: Double?, evaluate: Bool, error: String?, createdAt: Timestamp,
        metadata: JSONValue?, warning: String? = nil
    ) {
        self.id = id
        self.prompt = prompt
        self.finetuning = finetuning
        self.model = model
        self.modelVersion = modelVersion
        self.status = status
        self.completedAt = completedAt
        self.llmConfig = llmConfig
        self.intermediateSteps = intermediateSteps
        self.sql = sql
        self.tokensUsed = tokensUsed
        self.confidenceScore = confidenceScore
        self.evaluate = evaluate
        self.error = error
        self.createdAt = createdAt
        self.metadata = metadata
        self.warning = warning
    }
}

/// A model at a provider.
public struct LLMConfig: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name = "llm_name"
        case address = "api_base"
    }

    /// The model's name at the provider. A question that names no finetuning and no alias goes to this base model.
    public var name: String?
    /// Where the provider is. The daemon's keys go nowhere else, so another address than the configured one is refused.
    public var address: String?

    /// A model.
    public init(name: String? = nil, address: String? = nil) {
        self.name = name
        self.address = address
    }
}

/// An answer of a model that was not taken.
public struct IntermediateStep: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case answer, error
    }

    /// The answer, as it came.
    public var answer: String
    /// Why it was not taken; the model was told, and asked again.
    public var error: String

    /// A step.
    public init(answer: String, error: String) {
        self.answer = answer
        self.error = error
    }
}

/// A piece of an answer while it comes.
public struct SQLGenerationText: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case attempt, text
    }

    /// 1, or 2 once the first answer was not taken and the model was asked again.
    public var attempt: Int
    /// The next piece of the answer, as it came.
    public var text: String

    /// A piece.
    public init(attempt: Int, text: String) {
        self.attempt = attempt
        self.text = text
    }
}

/// Which page of the list of answers.
public struct SQLGenerationPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case prompt = "prompt_id"
        case page, limit
    }

    /// Only those of this question.
    public var prompt: ObjectID?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(prompt: ObjectID? = nil, page: Int? = nil, limit: Int? = nil) {
        self.prompt = prompt
        self.page = page
        self.limit = limit
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// SQL that answers a question.
    static let sql = text.example("SELECT count(*) FROM customers WHERE country = 'FR'")
}

extension SQLGeneration: Refined {
    static let refinements = Dictionary([
        CodingKeys.model: .example("sales-sql"), .modelVersion: .integer(from: 1), .sql: .sql,
        .tokensUsed: .integer(from: 0), .confidenceScore: .example(0.97), .metadata: .object,
    ])
}

extension LLMConfig: Refined {
    static let refinements = Dictionary([
        CodingKeys.name: .text.example("gpt-4o-mini-2024-07-18"), .address: .text.example("https://api.openai.com/v1"),
    ])
}

extension SQLGenerationText: Refined {
    static let refinements = Dictionary([CodingKeys.attempt: .integer(1...2), .text: .example("SELECT ")])
}

extension SQLGenerationPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}
