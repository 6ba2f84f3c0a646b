internal import GRDBSQLite

/// Prepares SQL of somebody else's on one connection: one statement that only reads, or nothing.
///
/// A statement that was refused never ran. Golden SQL is prepared this way against the described tables, and all SQL
/// that is run, against the database itself.
struct ReadingSQL {
    let connection: SQLiteConnection
    let authorizer: SQLiteAuthorizer
    /// What the connection's views would make SQLite do.
    let expansion: QueryExpansion

    /// The longest statement that is prepared, in bytes.
    static let lengthLimit = 1_000_000

    /// Why there is no statement.
    enum Refusal: Error {
        /// It is not what may be prepared here, in words that continue "the SQL is refused: …".
        case unfit(reason: String)
        /// SQLite would not prepare it.
        case failed(SQLiteFailure)

        /// The reason, in SQLite's own words where they are its own.
        var reason: String {
            switch self {
            case .unfit(let reason): reason
            case .failed(let failure): failure.message
            }
        }
    }

    /// Keeps SQLite from what no statement here needs. The authorizer allows nothing that SQLite's defensive mode would
    /// forbid, so that mode is not needed too.
    static func limitStatements(on connection: SQLiteConnection) {
        sqlite3_limit(connection.pointer, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(connection.pointer, SQLITE_LIMIT_SQL_LENGTH, Int32(lengthLimit))
        sqlite3_limit(connection.pointer, SQLITE_LIMIT_VDBE_OP, 250_000)
    }

    /// The one statement of `sql`. The authorizer then tells what it reads.
    func prepare(_ sql: String) throws(Refusal) -> SQLiteStatement {
        try check(sql)
        authorizer.reset(for: .inspecting)
        var text = SQLText(sql)
        let statement = try firstStatement(of: &text)
        guard statement.onlyReads else { throw .unfit(reason: "it writes; only reading is allowed") }
        guard !isPragma(sql) else { throw .unfit(reason: "it uses a PRAGMA; only reading is allowed") }
        guard !statement.isExplain else { throw .unfit(reason: "it explains a query and does not answer one") }
        guard isAtEnd(&text) else { throw .unfit(reason: "it holds more than one statement") }
        return statement
    }

    private func check(_ sql: String) throws(Refusal) {
        guard !sql.utf8.contains(0) else { throw .unfit(reason: "it contains a NUL character") }
        guard sql.utf8.count <= Self.lengthLimit else {
            throw .unfit(reason: "it is longer than \(Self.lengthLimit) bytes")
        }
        guard expansion.allows(sql) else {
            throw .unfit(reason: "its views or common table expressions are too many")
        }
    }

    private func firstStatement(of text: inout SQLText) throws(Refusal) -> SQLiteStatement {
        do {
            if let statement = try text.nextStatement(on: connection) { return statement }
        } catch {
            throw authorizer.refusal.map { .unfit(reason: "it \($0)") } ?? .failed(error)
        }
        throw .unfit(reason: "it holds no statement")
    }

    // The authorizer lets a few through, for modules of SQLite that use them on their own account.
    private func isPragma(_ sql: String) -> Bool {
        guard authorizer.usesPragma else { return false }
        let first = SQLLexer(sql).first { token in
            switch token {
            case .lineComment, .blockComment, .symbol(";"): false
            case .word, .text, .symbol: true
            }
        }
        return first == .word("pragma")
    }

    private func isAtEnd(_ text: inout SQLText) -> Bool {
        do {
            return try text.nextStatement(on: connection) == nil
        } catch {
            return false
        }
    }
}
