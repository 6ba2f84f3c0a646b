import GRDB
import Identifiers

// Statements are kept prepared: most of what the daemon does is the same few of them.
extension Database {
    /// Runs a statement that returns no rows.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row of a query, or nothing.
    func first(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// All rows of a query, which must be few.
    func all(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first value of a query's first row, or nothing.
    func one<Value: DatabaseValueConvertible>(
        _ sql: String, _ arguments: StatementArguments, as type: Value.Type = Value.self
    ) throws -> Value? {
        try Value.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// Whether a query has any row.
    func exists(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try one("SELECT EXISTS (\(sql))", arguments) ?? false
    }
}
