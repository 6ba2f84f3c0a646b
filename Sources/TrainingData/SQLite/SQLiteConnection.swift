internal import GRDBSQLite

/// One open database. It is used by one thread at a time, which is why SQLite's own mutexes are left out.
final class SQLiteConnection {
    let pointer: OpaquePointer
    /// What SQLite calls back into, kept alive as long as it may do so.
    private var interruption: Interruption?
    private var authorizer: SQLiteAuthorizer?

    /// Opens what `filename` names; `flags` are those of `sqlite3_open_v2`.
    init(filename: String, flags: Int32) throws(SQLiteFailure) {
        SQLiteMemory.keepByThread()
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(filename, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw SQLiteFailure(code: code, on: opened)
        }
        pointer = opened
    }

    deinit {
        sqlite3_close_v2(pointer)
    }

    /// Asks every so many instructions of SQLite's machine whether to interrupt the statement under way.
    func interrupt(everyInstructions count: Int32, when isDue: @escaping () -> Bool) {
        let interruption = Interruption(isDue: isDue)
        self.interruption = interruption
        sqlite3_progress_handler(
            pointer, count,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue().isDue() ? 1 : 0
            }, Unmanaged.passUnretained(interruption).toOpaque())
    }

    private final class Interruption {
        let isDue: () -> Bool

        init(isDue: @escaping () -> Bool) {
            self.isDue = isDue
        }
    }

    /// Waits so long for another program that has locked the database.
    func waitForLocks(_ duration: Duration) {
        sqlite3_busy_timeout(pointer, Int32(clamping: Int64(duration / .milliseconds(1))))
    }

    /// Asks the authorizer about everything that a statement would do, while the statement is prepared.
    func obey(_ authorizer: SQLiteAuthorizer) {
        self.authorizer = authorizer
        sqlite3_set_authorizer(
            pointer,
            { context, action, first, second, _, source in
                guard let context else { return SQLITE_DENY }
                let authorizer = Unmanaged<SQLiteAuthorizer>.fromOpaque(context).takeUnretainedValue()
                return authorizer.allows(action, first, second, from: source) ? SQLITE_OK : SQLITE_DENY
            }, Unmanaged.passUnretained(authorizer).toOpaque())
    }

    /// Runs one statement to its end and drops its rows.
    func execute(_ sql: String) throws(SQLiteFailure) {
        let statement = try SQLiteStatement(sql, on: self)
        while try statement.step() {}
    }

    /// Runs one query, its parameters bound to texts, and collects what `read` makes of each row.
    func rows<Row>(
        of sql: String, binding texts: [String] = [], read: (borrowing SQLiteStatement) -> Row
    ) throws(SQLiteFailure) -> [Row] {
        let statement = try SQLiteStatement(sql, on: self)
        try statement.bind(texts)
        var rows: [Row] = []
        while try statement.step() {
            rows.append(read(statement))
        }
        return rows
    }
}
