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
        case status, reason, execution
    }

    /// What the check found.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// It prepares, is one statement and only reads; if it ran, it gave rows.
        case valid
        /// It does not, or running it failed or gave nothing; it stays out of training.
        case invalid
        /// Nobody could tell.
        case unchecked
    }

    /// What the check found.
    public var status: Status
    /// Why, where it is not valid.
    public var reason: String?
    /// Whether it was run, and what came of that.
    public var execution: RecordExecution

    /// A finding.
    public init(
        status: Status, reason: String?, execution: RecordExecution = RecordExecution(state: .unavailable)
    ) {
        self.status = status
        self.reason = reason
        self.execution = execution
    }
}

/// Whether a golden record's SQL was run on its database, and what came of that. It runs some time after the record
/// was added, and again when the tables change.
public struct RecordExecution: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case state, at, outcome, rows
    }

    /// Whether it was run.
    public enum State: String, Codable, Sendable, Hashable, CaseIterable {
        /// It is not run: it does not prepare, or the daemon cannot open its database.
        case unavailable
        /// It will be run.
        case waiting
        /// It was run.
        case done
    }

    /// How running it went.
    public enum Outcome: String, Codable, Sendable, Hashable, CaseIterable {
        /// It gave rows, with values in them.
        case rows
        /// It gave no row, or nothing but NULL.
        case empty
        /// It gave more rows than were taken.
        case tooManyRows = "too_many_rows"
        /// It stopped with an error.
        case failed
        /// It fits the described tables and not those of the database, which have changed since.
        case schemaDrift = "schema_drift"
        /// It needed more time or memory than a check may spend.
        case gaveUp = "gave_up"
    }

    /// Whether it was run.
    public var state: State
    /// When it last ran.
    public var at: Timestamp?
    /// How that went.
    public var outcome: Outcome?
    /// The rows that it gave, as far as they were taken.
    public var rows: Int?

    /// An execution.
    public init(state: State, at: Timestamp? = nil, outcome: Outcome? = nil, rows: Int? = nil) {
        self.state = state
        self.at = at
        self.outcome = outcome
        self.rows = rows
    }
}

/// How far the golden records of a database are checked.
public struct RecordChecks: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case checks, waiting
        case runsAgain = "runs_again"
        case obstacle
    }

    /// How many have which check.
    public var checks: CheckCounts
    /// How many of them wait to be run for the first time.
    public var waiting: Int
    /// Whether some of them are still to be run again, because the tables were scanned or changed after they had come.
    public var runsAgain: Bool
    /// Why those that wait cannot be run at present. It is tried again every minute.
    public var obstacle: String?

    /// A state of checks.
    public init(checks: CheckCounts, waiting: Int, runsAgain: Bool, obstacle: String? = nil) {
        self.checks = checks
        self.waiting = waiting
        self.runsAgain = runsAgain
        self.obstacle = obstacle
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

extension RecordExecution: Refined {
    static let refinements = Dictionary([CodingKeys.rows: .integer(from: 0)])
}

extension RecordChecks: Refined {
    static let refinements = Dictionary([CodingKeys.waiting: .integer(from: 0)])
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
