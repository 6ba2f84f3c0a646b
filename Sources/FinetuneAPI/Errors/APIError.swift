/// A refusal, as replies carry it: what happened, what to do about it, and the offending field, id or limit.
///
/// Secrets never go into one: whoever makes it passes names and ids, not values that may be keys.
public struct APIError: Error, Hashable, Sendable {
    /// What went wrong, for programs.
    public var code: ErrorCode
    /// What went wrong, for people.
    public var message: String
    /// What to do about it.
    public var remedy: String
    /// The offending field, id or limit.
    public var detail: JSONObject

    /// A refusal.
    public init(_ code: ErrorCode, _ message: String, remedy: String, detail: JSONValue = [:]) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.detail = detail.object ?? JSONObject()
    }
}

extension APIError: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case code = "error_code"
        case message
        case remedy = "description"
        case detail
    }

    /// Reads an error's body. A code that only a newer daemon knows reads as `internal_error`; its words are kept.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = ErrorCode(rawValue: try container.decode(String.self, forKey: .code)) ?? .internalError
        message = try container.decode(String.self, forKey: .message)
        remedy = try container.decode(String.self, forKey: .remedy)
        detail = try container.decode(JSONValue.self, forKey: .detail).object ?? JSONObject()
    }

    /// Writes an error's body, keys in the documented order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        try container.encode(remedy, forKey: .remedy)
        try container.encode(JSONValue.object(detail), forKey: .detail)
    }
}

extension APIError: Refined {
    static let refinements = Dictionary([
        CodingKeys.code: .words(ErrorCode.allCases.map(\.rawValue)), .detail: .object,
    ])
}

extension APIError {
    /// A field that has a wrong value, or none where one is needed.
    public static func invalidField(_ field: String, _ problem: String) -> APIError {
        APIError(
            .invalidField, "\(field): \(problem)", remedy: "Correct the field and send the request again.",
            detail: ["field": .string(field)])
    }

    /// A key that nothing knows, with the nearest that something does.
    public static func unknownField(_ field: String, known: [String]) -> APIError {
        let name = field.split(separator: ".").last.map(String.init) ?? field
        let field = String(field.prefix(200))
        guard let nearest = NearestName.of(name, among: known) else {
            return APIError(
                .unknownField, "unknown key \"\(field)\"",
                remedy: known.isEmpty
                    ? "Leave it out: no keys are known here."
                    : "Leave it out. Known keys: \(known.joined(separator: ", ")).",
                detail: ["field": .string(field)])
        }
        return APIError(
            .unknownField, "unknown key \"\(field)\": did you mean \"\(nearest)\"?",
            remedy: "Rename or remove the key; nothing was done.",
            detail: ["field": .string(field), "nearest": .string(nearest)])
    }

    /// A line or request that has not the form of one.
    public static func malformedRequest(_ problem: String, detail: JSONValue = [:]) -> APIError {
        APIError(
            .malformedRequest, problem,
            remedy: #"Send one JSON object a line: {"id":1,"method":"GET","path":"/api/v1/heartbeat"}."#,
            detail: detail)
    }
}
