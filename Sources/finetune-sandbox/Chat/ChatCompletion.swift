import FoundationEssentials

/// The contract's usage, in words and signs instead of the provider's tokens: see `ApproximateTokens`.
struct Usage: Encodable, Equatable {
    let promptTokens: Int
    let completionTokens: Int

    enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(promptTokens, forKey: .promptTokens)
        try container.encode(completionTokens, forKey: .completionTokens)
        try container.encode(promptTokens + completionTokens, forKey: .totalTokens)
    }
}

/// The contract's `logprobs`: words stand for the provider's tokens, all of one probability.
struct TokenProbabilities: Encodable {
    struct Token: Encodable {
        let token: String
        let logprob: Double
        let bytes: [Int]
        let alternatives: [String] = []

        enum CodingKeys: String, CodingKey {
            case token, logprob, bytes
            case alternatives = "top_logprobs"
        }
    }

    let content: [Token]
    @ExplicitNull var refusal: String?

    /// What the provider tells of a token that is out of the question.
    private static let least = -9_999.0

    init(words: [String], probability: Double) {
        let logprob = probability > 0 ? logarithm(probability) : Self.least
        content = words.map { Token(token: $0, logprob: logprob, bytes: $0.utf8.map(Int.init)) }
    }
}

/// The text in pieces that end behind a space; joined again they are the text.
func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
        word.append(character)
        guard character.isWhitespace else { continue }
        words.append(word)
        word = ""
    }
    return word.isEmpty ? words : words + [word]
}

/// The contract's `CreateChatCompletionResponse`.
struct ChatCompletion: Encodable {
    struct Message: Encodable {
        let role = "assistant"
        let content: String
        @ExplicitNull var refusal: String?
    }

    struct Choice: Encodable {
        let index = 0
        let message: Message
        @ExplicitNull var logprobs: TokenProbabilities?
        let finishReason = "stop"

        enum CodingKeys: String, CodingKey {
            case index, message, logprobs
            case finishReason = "finish_reason"
        }
    }

    let id = randomIdentifier(prefix: "chatcmpl-")
    let object = "chat.completion"
    let created = unixTime(Date())
    let model: String
    let choices: [Choice]
    let usage: Usage
    let systemFingerprint = "fp_sandbox"

    enum CodingKeys: String, CodingKey {
        case id, object, created, model, choices, usage
        case systemFingerprint = "system_fingerprint"
    }

    init(model: String, answer: String, usage: Usage, probability: Double?) {
        self.model = model
        let probabilities = probability.map { TokenProbabilities(words: words(of: answer), probability: $0) }
        choices = [Choice(message: Message(content: answer), logprobs: ExplicitNull(wrappedValue: probabilities))]
        self.usage = usage
    }
}
