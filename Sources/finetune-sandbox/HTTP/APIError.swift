import NIOHTTP1

/// A refusal in the contract's envelope: `{"error":{"message","type","param","code"}}`.
struct APIError: Error, Equatable {
    var status: HTTPResponseStatus
    var type: String
    var code: String?
    var param: String?
    var message: String

    static func badRequest(_ message: String, code: String? = nil, param: String? = nil) -> APIError {
        APIError(status: .badRequest, type: "invalid_request_error", code: code, param: param, message: message)
    }

    static func notFound(_ message: String, code: String? = nil, param: String? = nil) -> APIError {
        APIError(status: .notFound, type: "invalid_request_error", code: code, param: param, message: message)
    }

    static func modelNotFound(_ model: String) -> APIError {
        .notFound(
            "The model '\(model)' does not exist or you do not have access to it.", code: "model_not_found",
            param: "model")
    }

    /// Says nothing of the key that was sent, not even its ends.
    static let invalidAPIKey = APIError(
        status: .unauthorized, type: "invalid_request_error", code: "invalid_api_key", param: nil,
        message: "The API key is missing or wrong. Send the key that the sandbox was started with.")
}

extension APIError {
    private struct Envelope: Encodable {
        struct Detail: Encodable {
            var message: String
            var type: String
            @ExplicitNull var param: String?
            @ExplicitNull var code: String?
        }
        var error: Detail
    }

    var response: Response {
        let detail = Envelope.Detail(
            message: message, type: type, param: ExplicitNull(wrappedValue: param),
            code: ExplicitNull(wrappedValue: code))
        return .json(Envelope(error: detail), status: status)
    }
}
