internal import GRDBSQLite

/// Reads what an SQLite database says of its own tables.
///
/// The database is opened read-only and not trusted: what its schema defines may call no function with side
/// effects, and neither a view nor a virtual table is run.
package struct SQLiteScanner {
    let connection: SQLiteConnection
    let deadline: SQLiteDeadline
    let limits: ScanLimits

    /// Describes the tables and views of a database file, ordered by name.
    ///
    /// It blocks: call it on a thread that may wait. `path` must be free of symbolic links, so that what was
    /// checked is what is opened. `tables` narrows the scan to some names, compared without regard to case;
    /// a name that the database lacks is left out of the result.
    package static func scan(
        path: String, only tables: Set<String>? = nil, limits: ScanLimits = .default
    ) throws(DatabaseFileError) -> [ScannedTable] {
        let file = DatabaseFile(path: path)
        try file.check()
        let found: [ScannedTable]
        do throws(SQLiteFailure) {
            found = try SQLiteScanner(opening: file, limits: limits).tables(only: tables)
        } catch {
            throw file.error(for: error)
        }
        guard !found.isEmpty || tables != nil else { throw .empty(path: path) }
        return found
    }

    private init(opening file: DatabaseFile, limits: ScanLimits) throws(SQLiteFailure) {
        let deadline = SQLiteDeadline(after: limits.time)
        self.deadline = deadline
        self.limits = limits
        connection = try file.open { connection in
            connection.interrupt(everyInstructions: 2_000) { deadline.hasPassed }
            connection.waitForLocks(limits.lockWait)
        }
        // One transaction, so that all tables are seen at one moment.
        try connection.execute("BEGIN")
    }

    private func tables(only names: Set<String>?) throws(SQLiteFailure) -> [ScannedTable] {
        let wanted = names.map { Set($0.map(SQLiteIdentifier.folded)) }
        var tables: [ScannedTable] = []
        for entry in try entries() where wanted?.contains(SQLiteIdentifier.folded(entry.name)) ?? true {
            tables.append(try table(of: entry))
        }
        return tables
    }

    private func table(of entry: SchemaEntry) throws(SQLiteFailure) -> ScannedTable {
        var table = ScannedTable(
            kind: entry.kind, tableName: entry.name, tableSchema: entry.sql, columns: [], sampleRows: [])
        switch entry.kind {
        case .table:
            table.columns = try columns(of: entry.name)
            try addForeignKeys(to: &table)
            try addCategories(to: &table)
            table.sampleRows = try sampleRows(of: table)
        case .view, .virtual:
            table.columns = try columnsIfKnown(of: entry.name)
        }
        return table
    }

    // A view over a table that is gone, and a module that this SQLite lacks, must not hide the other tables.
    private func columnsIfKnown(of table: String) throws(SQLiteFailure) -> [Column] {
        do {
            return try columns(of: table)
        } catch  where error.code == SQLITE_ERROR {
            return []
        }
    }
}
