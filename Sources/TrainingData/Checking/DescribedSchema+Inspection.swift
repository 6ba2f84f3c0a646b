extension DescribedSchema {
    /// Prepares a statement against the described tables and says what it would do. It is not run.
    package func inspect(_ sql: String) -> SQLInspection {
        switch preparedReads(of: sql) {
        case .invalid(let reason): return undecided(reason) ?? .invalid(reason: suggesting(for: reason))
        case let inspection: return inspection
        }
    }

    /// What preparing says, in SQLite's own words where it refuses.
    func preparedReads(of sql: String) -> SQLInspection {
        do {
            _ = try ReadingSQL(connection: connection, authorizer: authorizer, expansion: expansion).prepare(sql)
            return .reads(tables: tablesRead)
        } catch {
            return .invalid(reason: error.reason)
        }
    }

    private func undecided(_ reason: String) -> SQLInspection? {
        guard let table = missing("table", in: reason), brokenNames.contains(SQLiteIdentifier.folded(table)) else {
            return nil
        }
        return .undecided(reason: "it reads \(table), whose DDL does not prepare")
    }

    private func suggesting(for reason: String) -> String {
        if let table = missing("table", in: reason) {
            return reason + suggestion(for: table, among: tableNames)
        }
        if let column = missing("column", in: reason) {
            let columnName = column.split(separator: ".").last.map(String.init) ?? column
            return reason + suggestion(for: columnName, among: columnNames)
        }
        return reason
    }

    // A column that another table has under just this name is no suggestion.
    private func suggestion(for name: String, among names: NearestName) -> String {
        guard let match = names.match(for: name), SQLiteIdentifier.folded(match) != SQLiteIdentifier.folded(name) else {
            return ""
        }
        return " (did you mean \(match)?)"
    }

    // SQLite tells what is missing only in its message: "no such table: main.albums".
    private func missing(_ kind: String, in reason: String) -> String? {
        let start = "no such \(kind): "
        guard reason.hasPrefix(start) else { return nil }
        let name = reason.dropFirst(start.count)
        return kind == "table" && name.hasPrefix("main.") ? String(name.dropFirst(5)) : String(name)
    }
}
