/// What the sandbox reads of a chat completion's request. Sampling parameters are accepted and change nothing:
/// a nearest-example model has nothing to sample.
struct ChatRequest: Equatable, Sendable {
    let model: String
    /// The text of the last user message, or of the last message if no user speaks.
    let question: String
    let promptTokens: Int
    let streams: Bool
    /// Whether a stream ends with a chunk that carries the usage.
    let includesUsage: Bool
    /// Whether the answer tells how probable each of its tokens was.
    let includesProbabilities: Bool

    init(_ object: RequestObject) throws(APIError) {
        model = try object.requiredString("model")
        guard let values = try object.array("messages") else { throw object.missing("messages") }
        guard !values.isEmpty else { throw .badRequest("Invalid 'messages': it is empty.", param: "messages") }
        var messages: [(role: String, text: String)] = []
        for (index, value) in values.enumerated() {
            messages.append(try Self.message(value, name: "messages[\(index)]"))
        }
        question = (messages.last { $0.role == "user" } ?? messages[messages.count - 1]).text
        promptTokens = messages.reduce(0) { $0 + ApproximateTokens.count($1.text) }
        streams = try object.boolean("stream") ?? false
        includesUsage = try object.object("stream_options")?.boolean("include_usage") ?? false
        includesProbabilities = try object.boolean("logprobs") ?? false
        guard try object.integer("n", in: 1...128) ?? 1 == 1 else {
            throw .badRequest("The sandbox gives one choice: 'n' must be 1.", param: "n")
        }
    }

    private static func message(_ value: JSONValue, name: String) throws(APIError) -> (role: String, text: String) {
        guard case .object(let fields) = value else {
            throw .badRequest("Invalid type for '\(name)': expected an object.", code: "invalid_type", param: name)
        }
        let message = RequestObject(fields: fields, path: name)
        let role = try message.requiredString("role")
        switch message.present("content") {
        case nil: return (role, "")
        case .string(let text): return (role, text)
        case .array(let pieces):
            return (role, try pieces.map { (piece) throws(APIError) in try text(of: piece, name) }.joined())
        case .some(let other): throw message.wrongType("content", other, expected: "a string or a list of parts")
        }
    }

    private static func text(of piece: JSONValue, _ name: String) throws(APIError) -> String {
        guard case .object(let fields) = piece, case .string(let text)? = fields["text"] else {
            throw .badRequest("The sandbox reads parts of the type 'text' alone.", param: "\(name).content")
        }
        return text
    }
}
