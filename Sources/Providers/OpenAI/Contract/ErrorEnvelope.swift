extension OpenAIContract {
    /// `{"error":{"message":…,"type":…,"param":…,"code":…}}`, the body of every refusal.
    struct ErrorEnvelope: Decodable {
        let error: Details
    }

    /// What went wrong; a failed job carries one too. Services differ in which keys they send, and in whether the code
    /// is a word or a number.
    struct Details: Decodable {
        let message: String?
        let code: String?
        let param: String?

        private enum CodingKeys: CodingKey {
            case message, code, param, type
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            message = try container.decodeIfPresent(String.self, forKey: .message)
            param = try container.decodeIfPresent(String.self, forKey: .param)
            code = try container.decodeIfPresent(Word.self, forKey: .code)?.text
        }
    }

    private struct Word: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                text = try container.decode(String.self)
            } catch DecodingError.typeMismatch {
                text = String(try container.decode(Int.self))
            }
        }
    }
}
