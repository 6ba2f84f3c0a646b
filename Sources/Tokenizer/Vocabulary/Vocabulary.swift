/// What a model's tokens are. The raw value is the name under which the vocabulary was published.
package enum Vocabulary: String, CaseIterable, Hashable, Sendable {
    /// Of gpt-3.5-turbo and gpt-4.
    case cl100k = "cl100k_base"
    /// Of gpt-4o, gpt-4.1 and what came after them.
    case o200k = "o200k_base"
}
