/// A prompt that fits its model.
package struct FittedPrompt: Hashable, Sendable {
    /// The instruction and the tables that are shown.
    package let schema: SchemaPart
    /// The question, without white space around it.
    package let question: String
    /// The tokens of the prompt with all that a chat adds, as a provider counts them.
    package let tokenCount: Int
    /// The described tables that are not shown, because not all of them fit.
    package let omittedTableCount: Int

    /// The two messages that a model gets before it answers.
    package var messages: PromptMessages { PromptMessages(system: schema.systemMessage, user: question) }
}

/// The two messages that a model gets before it answers.
package struct PromptMessages: Hashable, Sendable {
    /// The instruction and the tables.
    package var system: String
    /// The question.
    package var user: String
}

/// An example that fits its model.
package struct FittedExample: Hashable, Sendable {
    /// The line of the training file.
    package let example: ChatExample
    /// All of its tokens with all that a chat adds, as a provider counts and charges them.
    package let tokenCount: Int
    /// The described tables that are not shown.
    package let omittedTableCount: Int
    /// The tables that the golden SQL reads and relevance would not have chosen: an agent's prompt lacks them.
    package let missedTables: [ShownTable]
}

/// Why there is no prompt for a question.
package enum FittingError: Error, Hashable, Sendable {
    /// Question, answer and what must be shown have more tokens than the model takes: at least so many.
    case tooLong(tokens: Int, limit: Int)
    /// SQLite could not search for relevant tables.
    case search(SQLiteFailure)
}

extension FittingError: CustomStringConvertible {
    /// Words that continue "it cannot be asked, because …".
    package var description: String {
        switch self {
        case .tooLong(let tokens, let limit): "it has at least \(tokens) tokens, and the model takes \(limit)"
        case .search(let failure): "relevant tables cannot be searched for: \(failure.message)"
        }
    }
}
