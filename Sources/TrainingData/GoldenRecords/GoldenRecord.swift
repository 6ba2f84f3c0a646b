package import Identifiers

/// A question and the SQL that answers it.
package struct GoldenRecord: Hashable, Sendable {
    /// The record's own id.
    package let id: ObjectID
    /// The connection whose database the question is about.
    package let connectionID: ObjectID
    /// The question, in the words of whoever asks.
    package var promptText: String
    /// The answer, in the dialect of the connection.
    package var sql: String
    /// What the client keeps with the record.
    package var metadata: JSONText?
    /// What checking `sql` found, against the described tables and, where it ran, on the database.
    package var check: RecordCheck
    /// Whether `sql` ran on the database, and what came of it.
    package var execution: RecordExecution
    /// When the record was made.
    package let createdAt: Timestamp
    /// When it was last changed.
    package var updatedAt: Timestamp

    /// Makes a record from its parts.
    package init(
        id: ObjectID, connectionID: ObjectID, promptText: String, sql: String, metadata: JSONText? = nil,
        check: RecordCheck, execution: RecordExecution = .unavailable, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.connectionID = connectionID
        self.promptText = promptText
        self.sql = sql
        self.metadata = metadata
        self.check = check
        self.execution = execution
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What is known of a golden record's SQL.
package enum RecordCheck: Hashable, Sendable {
    /// It prepares against the described tables, is one statement, and only reads; if it ran, it gave rows.
    case valid
    /// It does not, for this reason; the record stays out of training.
    case invalid(reason: String)
    /// Nobody can tell here, for this reason; the record is trained on.
    case unchecked(reason: String)

    /// Why it is not valid.
    package var reason: String? {
        switch self {
        case .valid: nil
        case .invalid(let reason), .unchecked(let reason): reason
        }
    }
}
