internal import Jobs

extension OpenAIContract {
    /// A question to a model.
    struct ChatRequest: Encodable {
        let model: String
        let messages: [Message]
        let temperature = 0
        let maximumTokens: Int
        let logprobs: Bool?
        let stream: Bool?
        let streamOptions: StreamOptions?

        struct Message: Encodable {
            let role: String
            let content: String
        }

        struct StreamOptions: Encodable {
            let includesUsage = true

            private enum CodingKeys: String, CodingKey {
                case includesUsage = "include_usage"
            }
        }

        private enum CodingKeys: String, CodingKey {
            case model, messages, temperature, logprobs, stream
            case maximumTokens = "max_completion_tokens"
            case streamOptions = "stream_options"
        }

        init(_ request: CompletionRequest, streams: Bool) {
            model = request.model.rawValue
            messages = request.messages.map { Message(role: $0.role.rawValue, content: $0.content) }
            maximumTokens = request.maximumTokens
            logprobs = request.measuresConfidence ? true : nil
            stream = streams ? true : nil
            streamOptions = streams ? StreamOptions() : nil
        }
    }

    /// A model's answer.
    struct ChatAnswer: Decodable {
        let choices: [Choice]
        let usage: Usage?

        struct Choice: Decodable {
            let message: Message
            let logprobs: TokenProbabilities?
        }

        struct Message: Decodable {
            let content: String?
        }
    }

    /// One event of an answer that comes in pieces.
    struct ChatChunk: Decodable {
        let choices: [Choice]?
        let usage: Usage?
        let error: Details?

        struct Choice: Decodable {
            let delta: Delta?
            let logprobs: TokenProbabilities?
        }

        struct Delta: Decodable {
            let content: String?
        }
    }

    /// How probable the model held each token that it wrote.
    struct TokenProbabilities: Decodable {
        let content: [Token]?

        struct Token: Decodable {
            let logprob: Double
        }
    }

    /// What is charged.
    struct Usage: Decodable {
        let promptTokens: Count
        let completionTokens: Count

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
        }
    }
}

extension OpenAIContract.ChatAnswer {
    /// The answer in the engine's words. One without any text is a refusal.
    var completion: Completion {
        get throws(ProviderError) {
            guard let choice = choices.first, let text = choice.message.content else {
                throw .refused(ProviderComplaint("the model answered without text", code: "no_text"))
            }
            var confidence = Confidence()
            confidence.add(choice.logprobs)
            return Completion(text: text, usage: usage?.usage, confidence: confidence.value)
        }
    }
}

extension OpenAIContract.Usage {
    /// The usage in the engine's words; nothing where one of its counts is none.
    var usage: Completion.Usage? {
        guard let prompt = promptTokens.value, let answer = completionTokens.value else { return nil }
        return Completion.Usage(promptTokens: prompt, answerTokens: answer)
    }
}
