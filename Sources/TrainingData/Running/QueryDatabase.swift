internal import GRDBSQLite

/// A user's SQLite database, open for reading: the one way in which SQL of others is run.
///
/// It blocks, and is used by one thread at a time and for one query at a time. The file is opened read-only and is
/// not trusted; an authorizer lets SELECT, READ, FUNCTION and RECURSIVE through and nothing else. Between two
/// queries no lock is held on the file.
package final class QueryDatabase {
    private let file: DatabaseFile
    private let limits: QueryLimits
    private let watch: QueryWatch
    private let sql: ReadingSQL

    /// Opens the file at a path, which must be free of symbolic links, so that what was checked is what is opened.
    package init(path: String, limits: QueryLimits = .default) throws(QueryFailure) {
        let file = DatabaseFile(path: path)
        let watch = QueryWatch(limits: limits)
        do throws(DatabaseFileError) { try file.check() } catch { throw .database(error) }
        do throws(SQLiteFailure) {
            let connection = try file.open { connection throws(SQLiteFailure) in
                try connection.limit(to: limits, watch)
            }
            sql = try ReadingSQL(trusting: connection)
        } catch {
            throw .database(file.error(for: error))
        }
        self.file = file
        self.limits = limits
        self.watch = watch
    }

    /// Prepares a query; its rows are computed as they are taken. Throws `refused`, or `database` where the file
    /// cannot be read now.
    package func query(
        _ text: String, cancellation: QueryCancellation? = nil
    ) throws(QueryFailure) -> Query {
        watch.begin(cancellation)
        let statement = try prepare(text)
        guard statement.parameterCount == 0 else {
            throw .refused(reason: "it has parameters, for which there are no values")
        }
        return Query(statement, of: self, text: text)
    }

    /// Runs a query to its end, or to the limit of rows, and tells what its result is without keeping it.
    package func result(
        of text: String, cancellation: QueryCancellation? = nil
    ) throws(QueryFailure) -> QueryResult {
        let query = try query(text, cancellation: cancellation)
        var rows = ResultCells(columnCount: query.columns.count)
        while let row = try query.next() { rows.add(row) }
        return QueryResult(
            rowCount: rows.rowCount, isCut: query.isCut, holdsNoValue: rows.holdNoValue, ordersRows: query.ordersRows,
            digest: query.isCut ? nil : rows.digest)
    }
}

extension QueryDatabase {
    private func prepare(_ text: String) throws(QueryFailure) -> SQLiteStatement {
        watch.resume()
        defer { watch.pause() }
        do throws(ReadingSQL.Refusal) { return try sql.prepare(text) } catch { throw failure(of: error) }
    }

    fileprivate func step(_ statement: borrowing SQLiteStatement) throws(QueryFailure) -> Bool {
        watch.resume()
        defer { watch.pause() }
        // A short query may end before SQLite looks at the clock for the first time.
        if watch.isOver, let cause = watch.cause { throw cause }
        do throws(SQLiteFailure) { return try statement.step() } catch { throw watch.cause ?? failure(of: error) }
    }

    fileprivate var rowLimit: Int { limits.rows }

    private func failure(of refusal: ReadingSQL.Refusal) -> QueryFailure {
        switch refusal {
        case .unfit(let reason): .refused(reason: reason)
        case .failed(let failure) where failure.code == SQLITE_ERROR: .refused(reason: failure.message)
        case .failed(let failure): self.failure(of: failure)
        }
    }

    private func failure(of failure: SQLiteFailure) -> QueryFailure {
        switch failure.code {
        case SQLITE_TOOBIG: .cellTooLong(limit: limits.cellBytes)
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM,
            SQLITE_READONLY, SQLITE_PROTOCOL, SQLITE_NOLFS:
            .database(file.error(for: failure))
        default: .failed(reason: failure.message)
        }
    }
}

/// One query, under way. Rows come as they are asked for.
package final class Query {
    /// The names of the result's columns.
    package let columns: [String]
    /// Whether the SQL itself says in which order its rows come.
    package let ordersRows: Bool
    /// Whether the database has more rows than were given.
    package private(set) var isCut = false

    private let database: QueryDatabase
    private let statement: SQLiteStatement
    private var rowCount = 0

    fileprivate init(_ statement: consuming SQLiteStatement, of database: QueryDatabase, text: String) {
        columns = (0..<statement.columnCount).map { statement.columnName($0) }
        ordersRows = SQLLexer.ordersRows(text)
        self.statement = statement
        self.database = database
    }

    /// The next row; `nil` after the last, or after the last that the limit allows.
    package func next() throws(QueryFailure) -> [QueryValue]? {
        guard !isCut, try database.step(statement) else { return nil }
        guard rowCount < database.rowLimit else {
            isCut = true
            return nil
        }
        rowCount += 1
        return columns.indices.map { QueryValue(statement, $0) }
    }
}

extension SQLiteConnection {
    fileprivate func limit(to limits: QueryLimits, _ watch: QueryWatch) throws(SQLiteFailure) {
        interrupt(everyInstructions: QueryWatch.instructionsBetweenLooks) { watch.isOver }
        waitForLocks(limits.lockWait)
        ReadingSQL.limitStatements(on: self)
        sqlite3_limit(pointer, SQLITE_LIMIT_LENGTH, Int32(clamping: limits.cellBytes))
        sqlite3_limit(pointer, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256)
        try execute("PRAGMA temp_store = MEMORY")
    }
}

extension ReadingSQL {
    /// Learns the views of a database that was just opened; from then on, the authorizer is asked.
    fileprivate init(trusting connection: SQLiteConnection) throws(SQLiteFailure) {
        let views = try connection.rows(of: "SELECT name, sql FROM sqlite_schema WHERE type = 'view'") { row in
            (name: row.text(0) ?? "", ddl: row.text(1) ?? "")
        }
        self.init(
            connection: connection, authorizer: SQLiteAuthorizer(), expansion: QueryExpansion(ofViews: views))
        connection.obey(authorizer)
    }
}
