/// A table or view as the schema table lists it.
struct SchemaEntry {
    let name: String
    let kind: ScannedTable.Kind
    let sql: String
}

extension SQLiteScanner {
    /// Every table and view but SQLite's own and the shadow tables that hold a virtual table's data.
    func entries() throws(SQLiteFailure) -> [SchemaEntry] {
        let kinds = try kindsByName()
        let rows = try connection.rows(
            of: #"""
                SELECT name, sql FROM sqlite_schema
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name
                """#
        ) { row in (name: row.text(0) ?? "", sql: row.text(1) ?? "") }
        return rows.compactMap { row in
            kinds[row.name].map { SchemaEntry(name: row.name, kind: $0, sql: row.sql) }
        }
    }

    private func kindsByName() throws(SQLiteFailure) -> [String: ScannedTable.Kind] {
        let rows = try connection.rows(of: "SELECT name, type FROM pragma_table_list WHERE schema = 'main'") { row in
            (name: row.text(0) ?? "", type: row.text(1) ?? "")
        }
        var kinds: [String: ScannedTable.Kind] = [:]
        for row in rows {
            switch row.type {
            case "table": kinds[row.name] = .table
            case "view": kinds[row.name] = .view
            case "virtual": kinds[row.name] = .virtual
            default: break
            }
        }
        return kinds
    }

    /// The columns that `SELECT *` shows, and generated ones.
    func columns(of table: String) throws(SQLiteFailure) -> [Column] {
        try connection.rows(
            of: "SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid", binding: [table]
        ) { row in
            Column(
                name: row.text(0) ?? "", dataType: Self.declaredType(row.text(1) ?? ""),
                isPrimaryKey: row.integer(2) > 0)
        }
    }

    // SQLite counts the words GENERATED ALWAYS as a part of the type.
    private static func declaredType(_ type: String) -> String {
        let words = type.split(separator: " ")
        guard words.suffix(2).map({ $0.uppercased() }) == ["GENERATED", "ALWAYS"] else { return type }
        return words.dropLast(2).joined(separator: " ")
    }

    /// Points each column at what it refers to; a column with several foreign keys keeps the one declared first.
    func addForeignKeys(to table: inout ScannedTable) throws(SQLiteFailure) {
        let keys = try connection.rows(
            of: #"SELECT "table", "from", "to", seq FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq"#,
            binding: [table.tableName]
        ) { row in
            KeyEntry(parent: row.text(0) ?? "", from: row.text(1) ?? "", to: row.text(2), place: Int(row.integer(3)))
        }
        for key in keys {
            let from = SQLiteIdentifier.folded(key.from)
            let index = table.columns.firstIndex { SQLiteIdentifier.folded($0.name) == from && $0.foreignKey == nil }
            guard let index, let field = try fieldName(of: key) else { continue }
            table.columns[index].foreignKey = ForeignKey(fieldName: field, referenceTable: key.parent)
        }
    }

    private func fieldName(of key: KeyEntry) throws(SQLiteFailure) -> String? {
        if let name = key.to { return name }
        // A foreign key that names no columns means the parent's primary key.
        let names = try connection.rows(
            of: "SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0 ORDER BY pk", binding: [key.parent]
        ) { row in row.text(0) ?? "" }
        return names.indices.contains(key.place) ? names[key.place] : nil
    }
}

/// One column of a foreign key as SQLite lists it.
private struct KeyEntry {
    let parent: String
    let from: String
    let to: String?
    let place: Int
}
