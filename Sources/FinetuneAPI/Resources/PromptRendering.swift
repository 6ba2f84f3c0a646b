public import Identifiers

/// What asks for the prompt of a question, for agents that call the provider by themselves.
public struct PromptRenderingRequest: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case text
        case databaseConnection = "db_connection_id"
        case finetuning = "finetuning_id"
        case model, schemas
    }

    /// The question.
    public var text: String
    /// The database that it is about; the one that the model was trained on where left out.
    public var databaseConnection: ObjectID?
    /// The finetuning whose model will be asked.
    public var finetuning: ObjectID?
    /// The alias whose model will be asked.
    public var model: String?
    /// The schemas whose tables the prompt shows; those of the training where left out.
    public var schemas: [String]?

    /// A request.
    public init(
        text: String, databaseConnection: ObjectID? = nil, finetuning: ObjectID? = nil, model: String? = nil,
        schemas: [String]? = nil
    ) {
        self.text = text
        self.databaseConnection = databaseConnection
        self.finetuning = finetuning
        self.model = model
        self.schemas = schemas
    }
}

/// The prompt of a question, just as the daemon itself would send it, and where to send it.
public struct PromptRendering: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case messages
        case modelID = "model_id"
        case modelProvider = "model_provider"
        case baseURL = "base_url"
        case limits
        case promptFingerprint = "prompt_fingerprint"
        case trainedFingerprint = "trained_fingerprint"
        case warning
        case finetuning = "finetuning_id"
        case modelVersion = "model_version"
        case databaseConnection = "db_connection_id"
    }

    /// The messages, in the provider's own form.
    public var messages: [PromptMessage]
    /// The model to ask.
    public var modelID: String
    /// Who serves it.
    public var modelProvider: String
    /// Where: chat completions are at `{base_url}/chat/completions`.
    public var baseURL: String
    /// How to ask.
    public var limits: PromptLimits
    /// Tells the prompts that are made of the tables as they are now from others.
    public var promptFingerprint: String
    /// The same, of the prompts that the model was trained on.
    public var trainedFingerprint: String?
    /// What speaks against asking: that the tables are no longer those that the model was trained on.
    public var warning: String?
    /// The finetuning that made the model.
    public var finetuning: ObjectID
    /// The alias's version, where the model was called by one.
    public var modelVersion: Int?
    /// The database.
    public var databaseConnection: ObjectID

    /// A rendering.
    public init(
        messages: [PromptMessage], modelID: String, modelProvider: String, baseURL: String, limits: PromptLimits,
        promptFingerprint: String, trainedFingerprint: String?, warning: String?, finetuning: ObjectID,
        modelVersion: Int?, databaseConnection: ObjectID
    ) {
        self.messages = messages
        self.modelID = modelID
        self.modelProvider = modelProvider
        self.baseURL = baseURL
        self.limits = limits
        self.promptFingerprint = promptFingerprint
        self.trainedFingerprint = trainedFingerprint
        self.warning = warning
        self.finetuning = finetuning
        self.modelVersion = modelVersion
        self.databaseConnection = databaseConnection
    }
}

/// One message of a prompt.
public struct PromptMessage: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case role, content
    }

    /// `system` or `user`.
    public var role: String
    /// What it says.
    public var content: String

    /// A message.
    public init(role: String, content: String) {
        self.role = role
        self.content = content
    }
}

/// How the daemon asks, and those should who ask by themselves.
public struct PromptLimits: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case temperature
        case maximumCompletionTokens = "max_completion_tokens"
        case contextTokens = "context_tokens"
    }

    /// 0: the likeliest answer.
    public var temperature: Double
    /// The most tokens of the answer.
    public var maximumCompletionTokens: Int
    /// The most tokens of prompt and answer together, where the model catalogue knows.
    public var contextTokens: Int?

    /// Limits.
    public init(temperature: Double, maximumCompletionTokens: Int, contextTokens: Int?) {
        self.temperature = temperature
        self.maximumCompletionTokens = maximumCompletionTokens
        self.contextTokens = contextTokens
    }
}

// MARK: For the OpenAPI document

extension PromptRenderingRequest: Refined {
    static let refinements = Dictionary([
        CodingKeys.text: .question, .model: .text(FieldLimits.nameLength).example("sales-sql"),
    ])
}

extension PromptRendering: Refined {
    static let refinements = Dictionary([
        CodingKeys.modelID: .example("ft:gpt-4o-mini-2024-07-18:org:shop:abc123"), .modelProvider: .example("openai"),
        .baseURL: .example("https://api.openai.com/v1"), .modelVersion: .integer(from: 1),
    ])
}

extension PromptMessage: Refined {
    static let refinements = Dictionary([CodingKeys.role: .words(["system", "user"])])
}

extension PromptLimits: Refined {
    static let refinements = Dictionary([
        CodingKeys.temperature: .always(0), .maximumCompletionTokens: .integer(from: 1),
        .contextTokens: .integer(from: 1),
    ])
}
