import FoundationEssentials

/// The contract's `CreateChatCompletionStreamResponse`: one event of a streamed answer.
struct ChatCompletionChunk: Encodable {
    struct Delta: Encodable {
        var role: String?
        var content: String?
    }

    struct Choice: Encodable {
        let index = 0
        let delta: Delta
        @ExplicitNull var logprobs: TokenProbabilities?
        @ExplicitNull var finishReason: String?

        enum CodingKeys: String, CodingKey {
            case index, delta, logprobs
            case finishReason = "finish_reason"
        }
    }

    let id: String
    let object = "chat.completion.chunk"
    let created: Int
    let model: String
    let choices: [Choice]
    var usage: Usage?
    let systemFingerprint = "fp_sandbox"

    enum CodingKeys: String, CodingKey {
        case id, object, created, model, choices, usage
        case systemFingerprint = "system_fingerprint"
    }

    /// The events of a whole answer: its role, its words one by one, its end, the usage if it was asked for, and
    /// the word that ends the stream.
    static func events(model: String, answer: String, usage: Usage?, probability: Double?) -> [String] {
        let id = randomIdentifier(prefix: "chatcmpl-")
        let created = unixTime(Date())
        func chunk(_ choices: [Choice], usage: Usage? = nil) -> String {
            let chunk = Self(id: id, created: created, model: model, choices: choices, usage: usage)
            return String(decoding: encodedJSON(chunk), as: UTF8.self)
        }
        var events = [chunk([Choice(delta: Delta(role: "assistant", content: ""))])]
        events += words(of: answer).map { word in
            let probabilities = probability.map { TokenProbabilities(words: [word], probability: $0) }
            return chunk([
                Choice(delta: Delta(content: word), logprobs: ExplicitNull(wrappedValue: probabilities))
            ])
        }
        events.append(chunk([Choice(delta: Delta(), finishReason: ExplicitNull(wrappedValue: "stop"))]))
        if let usage { events.append(chunk([], usage: usage)) }
        return events + ["[DONE]"]
    }
}
