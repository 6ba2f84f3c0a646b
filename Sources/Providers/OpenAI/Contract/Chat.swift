internal import Jobs

extension OpenAIContract {
    /// A question to a model.
    struct ChatRequest: Encodable {
        let model: String
        let messages: [Message]
        let temperature = 0
        let maximumTokens: Int

        struct Message: Encodable {
            let role: String
            let content: String
        }

        private enum CodingKeys: String, CodingKey {
            case model, messages, temperature
            case maximumTokens = "max_completion_tokens"
        }

        init(_ request: CompletionRequest) {
            model = request.model
            messages = [
                Message(role: "system", content: request.system), Message(role: "user", content: request.user),
            ]
            maximumTokens = request.maximumTokens
        }
    }

    /// A model's answer.
    struct ChatAnswer: Decodable {
        let choices: [Choice]
        let usage: Usage?

        struct Choice: Decodable {
            let message: Message
        }

        struct Message: Decodable {
            let content: String?
        }

        struct Usage: Decodable {
            let totalTokens: Int?

            private enum CodingKeys: String, CodingKey {
                case totalTokens = "total_tokens"
            }
        }
    }

    /// A model that the service knows.
    struct Model: Decodable {
        let id: String
    }
}
