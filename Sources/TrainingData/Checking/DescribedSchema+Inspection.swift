internal import GRDBSQLite

extension DescribedSchema {
    /// Prepares a statement against the described tables and says what it would do. It is not run.
    package func inspect(_ sql: String) -> SQLInspection {
        guard !sql.utf8.contains(0) else { return .invalid(reason: "it contains a NUL character") }
        switch preparedReads(of: sql) {
        case .invalid(let reason): return undecided(reason) ?? .invalid(reason: suggesting(for: reason))
        case let inspection: return inspection
        }
    }

    /// What preparing says, in SQLite's own words where it refuses.
    func preparedReads(of sql: String) -> SQLInspection {
        guard sql.utf8.count <= Self.lengthLimit else {
            return .invalid(reason: "it is longer than \(Self.lengthLimit) bytes")
        }
        guard expansion.allows(sql) else {
            return .invalid(reason: "its views or common table expressions are too many")
        }
        authorizer.reset(for: .inspecting)
        var text = SQLText(sql)
        do {
            guard let statement = try text.nextStatement(on: connection) else {
                return .invalid(reason: "it holds no statement")
            }
            let tables = tablesRead
            guard statement.onlyReads else { return .invalid(reason: "it writes; golden SQL may only read") }
            guard !statement.isExplain else { return .invalid(reason: "it explains a query and does not answer one") }
            guard isAtEnd(&text) else { return .invalid(reason: "it holds more than one statement") }
            return .reads(tables: tables)
        } catch {
            if let deed = authorizer.refusal { return .invalid(reason: "it \(deed)") }
            return .invalid(reason: error.message)
        }
    }

    private func isAtEnd(_ text: inout SQLText) -> Bool {
        do {
            return try text.nextStatement(on: connection) == nil
        } catch {
            return false
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

    private func suggestion(for name: String, among names: NearestName) -> String {
        names.match(for: name).map { " (did you mean \($0)?)" } ?? ""
    }

    // SQLite tells what is missing only in its message: "no such table: main.albums".
    private func missing(_ kind: String, in reason: String) -> String? {
        let start = "no such \(kind): "
        guard reason.hasPrefix(start) else { return nil }
        let name = reason.dropFirst(start.count)
        return kind == "table" && name.hasPrefix("main.") ? String(name.dropFirst(5)) : String(name)
    }
}
