public import Identifiers

/// What has SQL made, or checked, for a question that is there already. One of `finetuning_id`, `model`,
/// `llm_config.llm_name` and `sql` says how.
public struct NewSQLGeneration: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case finetuning = "finetuning_id"
        case model
        case llmConfig = "llm_config"
        case evaluate, sql, stream, metadata
    }

    /// The finetuning whose model is asked.
    public var finetuning: ObjectID?
    /// The alias whose model is asked.
    public var model: String?
    /// The base model that is asked.
    public var llmConfig: LLMConfig?
    /// Whether the model is asked how sure it is.
    public var evaluate: Bool?
    /// SQL that is checked and kept; no model is asked.
    public var sql: String?
    /// Whether the answer is sent piece by piece while it comes.
    public var stream: Bool?
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// A wish for SQL.
    public init(
        finetuning: ObjectID? = nil, model: String? = nil, llmConfig: LLMConfig? = nil, evaluate: Bool? = nil,
        sql: String? = nil, stream: Bool? = nil, metadata: JSONValue? = nil
    ) {
        self.finetuning = finetuning
        self.model = model
        self.llmConfig = llmConfig
        self.evaluate = evaluate
        self.sql = sql
        self.stream = stream
        self.metadata = metadata
    }
}

/// What asks a question and has SQL made, or checked, for it.
public struct NewPromptSQLGeneration: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case prompt
        case finetuning = "finetuning_id"
        case model
        case llmConfig = "llm_config"
        case evaluate, sql, stream, metadata
    }

    /// The question.
    public var prompt: NewPrompt
    /// The finetuning whose model is asked.
    public var finetuning: ObjectID?
    /// The alias whose model is asked.
    public var model: String?
    /// The base model that is asked.
    public var llmConfig: LLMConfig?
    /// Whether the model is asked how sure it is.
    public var evaluate: Bool?
    /// SQL that is checked and kept; no model is asked.
    public var sql: String?
    /// Whether the answer is sent piece by piece while it comes.
    public var stream: Bool?
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// A question and a wish for SQL.
    public init(
        prompt: NewPrompt, finetuning: ObjectID? = nil, model: String? = nil, llmConfig: LLMConfig? = nil,
        evaluate: Bool? = nil, sql: String? = nil, stream: Bool? = nil, metadata: JSONValue? = nil
    ) {
        self.prompt = prompt
        self.finetuning = finetuning
        self.model = model
        self.llmConfig = llmConfig
        self.evaluate = evaluate
        self.sql = sql
        self.stream = stream
        self.metadata = metadata
    }

    /// The wish without the question.
    public var generation: NewSQLGeneration {
        NewSQLGeneration(
            finetuning: finetuning, model: model, llmConfig: llmConfig, evaluate: evaluate, sql: sql, stream: stream,
            metadata: metadata)
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// A model's alias.
    fileprivate static let alias = text(FieldLimits.nameLength).example("sales-sql")
}

extension NewSQLGeneration: Refined {
    static let refinements = Dictionary([
        CodingKeys.model: .alias, .sql: .sql, .metadata: .object, .evaluate: Refinement().defaulting(to: false),
        .stream: Refinement().defaulting(to: false),
    ])
}

extension NewPromptSQLGeneration: Refined {
    static let refinements = Dictionary([
        CodingKeys.model: .alias, .sql: .sql, .metadata: .object, .evaluate: Refinement().defaulting(to: false),
        .stream: Refinement().defaulting(to: false),
    ])
}
