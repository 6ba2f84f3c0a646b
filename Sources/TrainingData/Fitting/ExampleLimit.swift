package import Tokenizer

/// How many tokens an example may have, and of which vocabulary.
package struct ExampleLimit: Hashable, Sendable {
    /// How the model splits text into tokens.
    package var vocabulary: Vocabulary
    /// The most tokens of a prompt and its answer together, with all that a chat adds.
    package var tokens: Int

    /// A limit.
    package init(vocabulary: Vocabulary, tokens: Int) {
        self.vocabulary = vocabulary
        self.tokens = tokens
    }

    /// What every prompt leaves for the answer, in training too, where the answer is known: a prompt that used what a
    /// short answer leaves would not be the one that an agent gets.
    var answerReserve: Int { min(1_024, tokens / 4) }
}
