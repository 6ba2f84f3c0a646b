/// One question to a model: the prompt that it was trained on, and what was said since.
package struct CompletionRequest: Hashable, Sendable {
    /// Something said, and by whom.
    package struct Message: Hashable, Sendable {
        /// Who says it. The raw value is the word of the wire.
        package enum Role: String, Hashable, Sendable {
            case system, user, assistant
        }

        /// Who.
        package var role: Role
        /// What.
        package var content: String

        /// A message.
        package init(_ role: Role, _ content: String) {
            self.role = role
            self.content = content
        }
    }

    /// The model's id, base or tuned.
    package var model: ProviderModelID
    /// What was said, in order.
    package var messages: [Message]
    /// The most tokens of the answer.
    package var maximumTokens: Int
    /// Whether the provider is asked how probable the model held each token of its answer.
    package var measuresConfidence: Bool

    /// A request; asked with temperature 0.
    package init(
        model: ProviderModelID, messages: [Message], maximumTokens: Int, measuresConfidence: Bool = false
    ) {
        self.model = model
        self.messages = messages
        self.maximumTokens = maximumTokens
        self.measuresConfidence = measuresConfidence
    }
}

/// A model's answer.
package struct Completion: Hashable, Sendable {
    /// The tokens that a provider charges for.
    package struct Usage: Hashable, Sendable {
        /// Those of what was asked.
        package var promptTokens: Int
        /// Those of the answer.
        package var answerTokens: Int

        /// Both together.
        package var total: Int { promptTokens.addingTokens(answerTokens) }

        /// A usage.
        package init(promptTokens: Int, answerTokens: Int) {
            self.promptTokens = promptTokens
            self.answerTokens = answerTokens
        }
    }

    /// Its text, as it came.
    package var text: String
    /// What it costs, if the provider says.
    package var usage: Usage?
    /// The geometric mean of the probabilities that the model gave the tokens of its answer, from 0 to 1; nothing
    /// where that was not asked for or not told.
    package var confidence: Double?

    /// An answer.
    package init(text: String, usage: Usage? = nil, confidence: Double? = nil) {
        self.text = text
        self.usage = usage
        self.confidence = confidence
    }
}
