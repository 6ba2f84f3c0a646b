/// Why a query gave no result, or no further rows.
package enum QueryFailure: Error, Hashable, Sendable {
    /// The SQL is not one statement that only reads, or the database has not what it names.
    case refused(reason: String)
    /// SQLite gave up while it ran, for this reason.
    case failed(reason: String)
    /// It ran for longer than the limit.
    case timedOut(after: Duration)
    /// It needed more memory than the limit.
    case tooMuchMemory(limit: Int64)
    /// A text or blob was longer than the limit.
    case cellTooLong(limit: Int)
    /// Whoever asked wants no answer any more.
    case cancelled
    /// The database cannot be read.
    case database(DatabaseFileError)
}

extension QueryFailure {
    /// What is wrong, in a sentence without a full stop.
    package var message: String {
        switch self {
        case .refused(let reason), .failed(let reason): reason
        case .timedOut(let limit): "it ran for longer than \(limit)"
        case .tooMuchMemory(let limit): "it needed more than \(limit) bytes of memory"
        case .cellTooLong(let limit): "it made a value of more than \(limit) bytes"
        case .cancelled: "it was cancelled"
        case .database(let error): error.message
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .refused: "Correct the SQL: one statement that only reads, and names what the database has."
        case .failed: "Correct the SQL."
        case .timedOut: "Ask for less: narrow it with WHERE, or give the database an index that serves it."
        case .tooMuchMemory: "Sort, group or join fewer rows."
        case .cellTooLong: "Take a part of the long value, with substr for example."
        case .cancelled: "Nothing: this was asked for."
        case .database(let error): error.remedy
        }
    }
}

extension QueryFailure: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
