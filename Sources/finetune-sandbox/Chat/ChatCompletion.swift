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
        @ExplicitNull var logprobs: String?
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

    init(model: String, answer: String, usage: Usage) {
        self.model = model
        choices = [Choice(message: Message(content: answer))]
        self.usage = usage
    }
}
