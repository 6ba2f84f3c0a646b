internal import GRDBSQLite

/// The described tables as an empty SQLite database in memory, against which SQL is prepared and never run.
///
/// An instance is used by one thread at a time. The DDL is other people's: it may declare tables, views, indexes and
/// full-text tables, and whatever else it tries is refused before it runs.
package final class DescribedSchema {
    /// The tables whose DDL SQLite refused, in the order of the descriptions.
    package private(set) var problems: [SchemaProblem] = []

    let connection: SQLiteConnection
    let authorizer = SQLiteAuthorizer()
    /// The described names by their folded form.
    private var describedNames: [String: String] = [:]
    /// What the views would make SQLite do.
    private(set) var expansion = QueryExpansion()
    /// The names of every column declared, to suggest one from.
    private(set) var columnNames = NearestName(of: [])
    /// How many tables and columns there are, each name once.
    private(set) var nameCount = 0
    /// The folded names of the tables in `problems`.
    private(set) var brokenNames: Set<String> = []

    /// Declares the tables; those that a scan no longer found are left out. Throws only where SQLite cannot open a
    /// database in memory.
    package init(tables: [TableDescription]) throws(SQLiteFailure) {
        connection = try SQLiteConnection(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY)
        try connection.execute("PRAGMA trusted_schema = OFF")
        ReadingSQL.limitStatements(on: connection)
        connection.obey(authorizer)
        let current = tables.filter { $0.status != .deprecated }
        for table in current {
            describedNames[SQLiteIdentifier.folded(table.tableName)] = table.tableName
            declare(table)
        }
        expansion = QueryExpansion(ofViews: current.map { ($0.tableName, $0.tableSchema) })
        try findMissing(of: current)
        try dropBrokenViews()
        let columns = try declaredColumns()
        columnNames = NearestName(of: columns)
        nameCount = describedNames.count + columns.count
    }

    /// The described names among those that SQLite reported: not its own tables, nor table-valued functions.
    var tablesRead: Set<String> {
        Set(authorizer.namesRead.compactMap { describedNames[SQLiteIdentifier.folded($0)] })
    }

    /// The names of the described tables, to suggest one from.
    private(set) lazy var tableNames = NearestName(of: describedNames.values)
}

extension DescribedSchema {
    private func declare(_ table: TableDescription) {
        guard !table.tableSchema.utf8.contains(0) else {
            return report(table.tableName, "its DDL contains a NUL character")
        }
        authorizer.reset(for: .declaring)
        do {
            try runStatements(of: table.tableSchema)
        } catch {
            report(table.tableName, authorizer.refusal.map { "its DDL \($0)" } ?? error.message)
        }
    }

    private func runStatements(of ddl: String) throws(SQLiteFailure) {
        var rest = SQLText(ddl)
        while true {
            authorizer.reset(for: .declaring)
            guard let statement = try rest.nextStatement(on: connection) else { return }
            // A full-text table declares its own tables while it is made.
            authorizer.reset(for: .trusted)
            while try statement.step() {}
        }
    }

    private func findMissing(of tables: [TableDescription]) throws(SQLiteFailure) {
        authorizer.reset(for: .trusted)
        let declared = try connection.rows(of: "SELECT name FROM sqlite_schema") { $0.text(0) ?? "" }
        let names = Set(declared.map(SQLiteIdentifier.folded))
        for table in tables where !names.contains(SQLiteIdentifier.folded(table.tableName)) {
            report(table.tableName, "its DDL creates no table of this name")
        }
    }

    // A view can be declared before what it reads; only its use shows whether all of that is there.
    private func dropBrokenViews() throws(SQLiteFailure) {
        authorizer.reset(for: .trusted)
        let views = try connection.rows(of: "SELECT name FROM sqlite_schema WHERE type = 'view'") { $0.text(0) ?? "" }
        var broken: [String] = []
        for view in views {
            if case .invalid(let reason) = preparedReads(of: "SELECT * FROM " + SQLiteIdentifier.quoted(view)) {
                report(describedNames[SQLiteIdentifier.folded(view)] ?? view, reason)
                broken.append(view)
            }
        }
        authorizer.reset(for: .trusted)
        for view in broken {
            try connection.execute("DROP VIEW " + SQLiteIdentifier.quoted(view))
        }
    }

    private func declaredColumns() throws(SQLiteFailure) -> [String] {
        authorizer.reset(for: .trusted)
        return try connection.rows(
            of: "SELECT DISTINCT c.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c"
        ) { row in row.text(0) ?? "" }
    }

    private func report(_ table: String, _ reason: String) {
        guard brokenNames.insert(SQLiteIdentifier.folded(table)).inserted else { return }
        problems.append(SchemaProblem(tableName: table, reason: reason))
    }
}
