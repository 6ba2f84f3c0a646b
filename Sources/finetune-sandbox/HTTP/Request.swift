import NIOHTTP1

/// A request whose body has been read to its end.
struct Request: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case form([MultipartPart])
        case malformedForm(MultipartError)
        case tooLarge(limit: Int)
    }

    var method: HTTPMethod
    /// Path and query string as they were sent.
    var uri: String
    var headers: HTTPHeaders
    var body: Body

    /// The path without its query string, still percent-encoded.
    var path: String {
        String(uri.prefix { $0 != "?" })
    }

    var query: Query {
        Query(uri.drop { $0 != "?" }.dropFirst())
    }

    var bearerToken: String? {
        guard let value = headers.first(name: "authorization"), value.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(value.dropFirst("bearer ".count))
    }

    /// The body as one JSON object.
    func object() throws(APIError) -> RequestObject {
        switch body {
        case .bytes(let bytes): return try RequestObject(body: bytes)
        case .form, .malformedForm: throw .badRequest("This endpoint takes application/json.")
        case .tooLarge(let limit): throw .tooLarge(limit: limit)
        }
    }
}

extension APIError {
    static func tooLarge(limit: Int) -> APIError {
        APIError(
            status: .payloadTooLarge, type: "invalid_request_error", code: "file_too_large", param: nil,
            message: "The body of your request has more than \(limit) bytes.")
    }
}
