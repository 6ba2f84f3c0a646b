public import Identifiers

/// A question about a database, as somebody asked it.
public struct Prompt: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, text
        case databaseConnection = "db_connection_id"
        case schemas, metadata
        case createdAt = "created_at"
    }

    /// Its id.
    public var id: ObjectID
    /// The question.
    public var text: String
    /// The database that it is about.
    public var databaseConnection: ObjectID
    /// The schemas whose tables its answers may use; the model's own, or the connection's, where empty.
    public var schemas: [String]
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// When it was asked.
    public var createdAt: Timestamp

    /// A question.
    public init(
        id: ObjectID, text: String, databaseConnection: ObjectID, schemas: [String], metadata: JSONValue?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.text = text
        self.databaseConnection = databaseConnection
        self.schemas = schemas
        self.metadata = metadata
        self.createdAt = createdAt
    }
}

/// What asks a question.
public struct NewPrompt: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case text
        case databaseConnection = "db_connection_id"
        case schemas, metadata
    }

    /// The question.
    public var text: String
    /// The database that it is about.
    public var databaseConnection: ObjectID
    /// The schemas whose tables its answers may use; the model's own, or the connection's, where left out.
    public var schemas: [String]?
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// A question.
    public init(text: String, databaseConnection: ObjectID, schemas: [String]? = nil, metadata: JSONValue? = nil) {
        self.text = text
        self.databaseConnection = databaseConnection
        self.schemas = schemas
        self.metadata = metadata
    }
}

/// What changes the notes on a question or an answer.
public struct NotesChange: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case metadata
    }

    /// The new notes.
    public var metadata: Change<JSONValue>

    /// A change.
    public init(metadata: Change<JSONValue> = .unchanged) {
        self.metadata = metadata
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// A question.
    static let question = text.example("How many customers are there in France?")
}

extension Prompt: Refined {
    static let refinements = Dictionary([CodingKeys.text: .question, .metadata: .object])
}

extension NewPrompt: Refined {
    static let refinements = Dictionary([CodingKeys.text: .question, .metadata: .object])
}

extension NotesChange: Refined {
    static let refinements = Dictionary([CodingKeys.metadata: .object.example(["owner": "sales"])])
}
