public import Identifiers

/// A question and the SQL that answers it.
public struct GoldenRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case databaseConnection = "db_connection_id"
        case promptText = "prompt_text"
        case sql, metadata
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case check
    }

    /// Its id.
    public var id: ObjectID
    /// The database that the question is about.
    public var databaseConnection: ObjectID
    /// The question.
    public var promptText: String
    /// The SQL that answers it.
    public var sql: String
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// When it was added.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// Whether its SQL fits the described tables.
    public var check: RecordCheck

    /// A golden record.
    public init(
        id: ObjectID, databaseConnection: ObjectID, promptText: String, sql: String, metadata: JSONValue?,
        createdAt: Timestamp, updatedAt: Timestamp, check: RecordCheck
    ) {
        self.id = id
        self.databaseConnection = databaseConnection
        self.promptText = promptText
        self.sql = sql
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.check = check
    }
}

/// Whether a golden record's SQL fits the described tables. Renewed when they change.
public struct RecordCheck: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case status, reason
    }

    /// What the check found.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// It prepares, is one statement and only reads.
        case valid
        /// It does not; it stays out of training.
        case invalid
        /// Nobody could tell.
        case unchecked
    }

    /// What the check found.
    public var status: Status
    /// Why, where it is not valid.
    public var reason: String?

    /// A finding.
    public init(status: Status, reason: String?) {
        self.status = status
        self.reason = reason
    }
}

/// What adds a golden record.
public struct NewGoldenRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case promptText = "prompt_text"
        case sql, metadata
    }

    /// The database that the question is about.
    public var databaseConnection: ObjectID
    /// The question.
    public var promptText: String
    /// The SQL that answers it.
    public var sql: String
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// A golden record.
    public init(databaseConnection: ObjectID, promptText: String, sql: String, metadata: JSONValue? = nil) {
        self.databaseConnection = databaseConnection
        self.promptText = promptText
        self.sql = sql
        self.metadata = metadata
    }
}

/// What changes a golden record; keys left out stay.
public struct GoldenRecordChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case promptText = "prompt_text"
        case sql, metadata
    }

    /// The new question.
    public var promptText: String?
    /// The new SQL.
    public var sql: String?
    /// The new notes.
    public var metadata: Change<JSONValue>

    /// Changes.
    public init(promptText: String? = nil, sql: String? = nil, metadata: Change<JSONValue> = .unchanged) {
        self.promptText = promptText
        self.sql = sql
        self.metadata = metadata
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// A question's answer.
    fileprivate static let answer = text.example("SELECT count(*) FROM customers WHERE country = 'FR'")
}

extension GoldenRecord: Refined {
    static let refinements = Dictionary([
        CodingKeys.promptText: .question, .sql: .answer, .metadata: .object,
    ])
}

extension NewGoldenRecord: Refined {
    static let refinements = Dictionary([
        CodingKeys.promptText: .question, .sql: .answer, .metadata: .object,
    ])
}

extension GoldenRecordChanges: Refined {
    static let refinements = Dictionary([
        CodingKeys.promptText: .question, .sql: .answer, .metadata: .object,
    ])
}
