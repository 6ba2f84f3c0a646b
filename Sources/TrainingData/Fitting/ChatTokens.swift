internal import Tokenizer

/// Counts the tokens of chats as OpenAI documents it, for limits and for the price: three for each message, besides its
/// role and text, and three that begin an answer.
struct ChatTokens: Sendable {
    let tokenizer: Tokenizer
    /// What a prompt has besides its texts.
    let ofPrompt: Int
    /// What an example has besides its texts.
    let ofExample: Int

    private static let perMessage = 3
    private static let beforeAnswer = 3

    init(_ tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
        let prompt = ["system", "user"].reduce(Self.beforeAnswer) { $0 + Self.perMessage + tokenizer.count($1) }
        ofPrompt = prompt
        ofExample = prompt + Self.perMessage + tokenizer.count("assistant")
    }

    func count(_ text: String) -> Int { tokenizer.count(text) }
}
