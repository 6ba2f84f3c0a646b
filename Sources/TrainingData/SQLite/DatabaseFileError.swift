/// Why a database file could not be read.
package enum DatabaseFileError: Error, Hashable, Sendable {
    /// There is no file at the path.
    case missing(path: String)
    /// The file is something else than an SQLite database.
    case notADatabase(path: String)
    /// The file has no bytes, or the database in it no tables.
    case empty(path: String)
    /// The file is there and cannot be read, for this reason.
    case unreadable(path: String, reason: String)
    /// Another program kept the database locked for longer than was to be waited.
    case locked(path: String)
    /// The scan took longer than its limit.
    case timedOut(path: String)
}

extension DatabaseFileError {
    /// What is wrong, in a sentence without a full stop.
    package var message: String {
        switch self {
        case .missing(let path): "there is no database file at \(path)"
        case .notADatabase(let path): "\(path) is not an SQLite database"
        case .empty(let path): "the database at \(path) has no tables"
        case .unreadable(let path, let reason): "the database at \(path) cannot be read: \(reason)"
        case .locked(let path): "the database at \(path) is locked by another program"
        case .timedOut(let path): "the scan of \(path) took longer than its limit"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .missing: "Correct the path of the connection, or put the file there."
        case .notADatabase: "Point the connection at an SQLite 3 database file that is not encrypted."
        case .empty: "Create the tables in the database, then scan again."
        case .unreadable: "Check the file's permissions and that it is an intact, regular file."
        case .locked: "Try again once the other program has finished writing."
        case .timedOut: "Scan fewer tables at once, by naming them."
        }
    }
}

extension DatabaseFileError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
