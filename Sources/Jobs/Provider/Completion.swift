/// One question to a model: the prompt that it was trained on.
package struct CompletionRequest: Hashable, Sendable {
    /// The model's id, base or tuned.
    package var model: String
    /// The system message.
    package var system: String
    /// The user's message.
    package var user: String
    /// The most tokens of the answer.
    package var maximumTokens: Int

    /// A request; asked with temperature 0.
    package init(model: String, system: String, user: String, maximumTokens: Int) {
        self.model = model
        self.system = system
        self.user = user
        self.maximumTokens = maximumTokens
    }
}

/// A model's answer.
package struct Completion: Hashable, Sendable {
    /// Its text, as it came.
    package var text: String
    /// The tokens that the provider charges for, prompt and answer together, if it says.
    package var tokens: Int?

    /// An answer.
    package init(text: String, tokens: Int?) {
        self.text = text
        self.tokens = tokens
    }
}
