/// One line of a training file: a conversation that ends with the answer to learn.
struct TrainingExample: Equatable, Sendable {
    /// The last user message: what the nearest-example model compares.
    var question: String
    var answer: String
    /// Words of all messages, as `ApproximateTokens` counts them.
    var tokens: Int
}

/// Why a line is no training example; the text completes "Line 3: …".
struct TrainingExampleProblem: Error, Equatable {
    var message: String
}

extension TrainingExample {
    private static let lineKeys: Set = ["messages", "tools", "parallel_tool_calls", "functions"]
    private static let messageKeys: Set = ["role", "content", "name", "weight"]
    private static let roles: Set = ["system", "user", "assistant"]

    init(line: JSONValue) throws(TrainingExampleProblem) {
        guard case .object(let fields) = line else { throw .init(message: "it is not a JSON object.") }
        if let unknown = fields.keys.filter({ !Self.lineKeys.contains($0) }).min() {
            throw .init(message: "the key '\(unknown)' is not known.")
        }
        guard case .array(let values)? = fields["messages"], !values.isEmpty else {
            throw .init(message: "'messages' must be a list with at least one message.")
        }
        var messages: [(role: String, content: String)] = []
        for value in values {
            messages.append(try Self.message(value))
        }
        try self.init(messages: messages)
    }

    private init(messages: [(role: String, content: String)]) throws(TrainingExampleProblem) {
        guard let last = messages.last, last.role == "assistant" else {
            throw .init(message: "the last message must be from the assistant.")
        }
        question = messages.last { $0.role == "user" }?.content ?? ""
        answer = last.content
        tokens = messages.reduce(0) { $0 + ApproximateTokens.count($1.content) }
    }

    private static func message(_ value: JSONValue) throws(TrainingExampleProblem) -> (role: String, content: String) {
        guard case .object(let fields) = value else { throw .init(message: "each message must be an object.") }
        if let unknown = fields.keys.filter({ !messageKeys.contains($0) }).min() {
            throw .init(message: "the key '\(unknown)' of a message is not known.")
        }
        guard case .string(let role)? = fields["role"], roles.contains(role) else {
            throw .init(message: "the role of each message must be system, user or assistant.")
        }
        guard case .string(let content)? = fields["content"] else {
            throw .init(message: "the content of each message must be a string.")
        }
        return (role, content)
    }
}
