/// The model that a finetuning starts from, and how it is trained.
public struct BaseLLM: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case modelProvider = "model_provider"
        case modelName = "model_name"
        case modelParameters = "model_parameters"
    }

    /// Who trains it; `openai` where left out.
    public var modelProvider: String?
    /// The model's name; the configured default where left out.
    public var modelName: String?
    /// The hyperparameters that were sent.
    public var modelParameters: ModelParameters?

    /// A base model.
    public init(modelProvider: String? = nil, modelName: String? = nil, modelParameters: ModelParameters? = nil) {
        self.modelProvider = modelProvider
        self.modelName = modelName
        self.modelParameters = modelParameters
    }
}

// MARK: For the OpenAPI document

extension BaseLLM: Refined {
    static let refinements = Dictionary([
        CodingKeys.modelProvider: .example("openai"), .modelName: .example("gpt-4o-mini-2024-07-18"),
    ])
}
