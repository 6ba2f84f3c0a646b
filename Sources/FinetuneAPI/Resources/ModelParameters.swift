/// The hyperparameters that were sent, as text.
public struct ModelParameters: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case epochs = "n_epochs"
        case batchSize = "batch_size"
        case learningRateMultiplier = "learning_rate_multiplier"
    }

    /// How often training goes over the whole file: an integer, or `auto`.
    public var epochs: ParameterText?
    /// How many examples make one step: an integer, or `auto`.
    public var batchSize: ParameterText?
    /// Of the provider's own learning rate: a number, or `auto`.
    public var learningRateMultiplier: ParameterText?

    /// Parameters.
    public init(
        epochs: ParameterText? = nil, batchSize: ParameterText? = nil, learningRateMultiplier: ParameterText? = nil
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.learningRateMultiplier = learningRateMultiplier
    }

    /// Writes just those that were sent.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let epochs { try container.encode(epochs, forKey: .epochs) }
        if let batchSize { try container.encode(batchSize, forKey: .batchSize) }
        if let learningRateMultiplier { try container.encode(learningRateMultiplier, forKey: .learningRateMultiplier) }
    }
}

/// A hyperparameter as text, whether it was sent as a number or as a string.
public struct ParameterText: Codable, Sendable, Hashable, ExpressibleByStringLiteral {
    /// `"3"`, `"0.5"`, `"auto"`, or whatever was sent.
    public var text: String

    /// Takes any text; the daemon judges it.
    public init(_ text: String) {
        self.text = text
    }

    /// Takes any text.
    public init(stringLiteral value: String) {
        text = value
    }

    /// Reads a string or a number.
    public init(from decoder: any Decoder) throws {
        switch try decoder.singleValueContainer().decode(JSONValue.self) {
        case .string(let text): self.text = text
        case .number(let number): text = number.text
        case .null, .bool, .array, .object:
            throw APIError(
                .invalidModelParameter, "a model parameter is a number, a string holding one, or \"auto\"",
                remedy: "Send for example {\"n_epochs\": 3}.")
        }
    }

    /// Writes a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
