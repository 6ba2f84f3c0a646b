internal import GRDBSQLite

extension SQLiteScanner {
    /// The first rows that the table gives, texts cut to the limit.
    func sampleRows(of table: ScannedTable) throws(SQLiteFailure) -> [SampleRow] {
        guard !table.columns.isEmpty, limits.sampleRows > 0 else { return [] }
        let names = table.columns.map(\.name)
        let cells = names.map(sampleExpression)
        let sql = Self.selection(of: cells, from: table.tableName, limit: limits.sampleRows)
        return try connection.rows(of: sql) { row in
            SampleRow(
                cells: names.enumerated().map { index, name in
                    SampleRow.Cell(column: name, value: sampleValue(row, index))
                })
        }
    }

    // A cell may hold a gigabyte. Of a text no more comes out of SQLite than its beginning; of a blob the size is asked,
    // for which SQLite does not read it.
    private func sampleExpression(of column: String) -> String {
        let cell = SQLiteIdentifier.quoted(column)
        return """
            CASE typeof(\(cell)) WHEN 'text' THEN substr(\(cell), 1, \(limits.sampleTextBytes + 1))
            WHEN 'blob' THEN zeroblob(length(\(cell))) ELSE \(cell) END
            """
    }

    private func sampleValue(_ row: borrowing SQLiteStatement, _ column: Int) -> SampleValue {
        switch row.storageClass(column) {
        case SQLITE_INTEGER: .integer(row.integer(column))
        case SQLITE_FLOAT: .real(row.real(column))
        case SQLITE_TEXT: .text(shortened(row.text(column) ?? ""))
        case SQLITE_BLOB: .blob(byteCount: row.byteCount(column))
        default: .null
        }
    }

    private func shortened(_ text: String) -> String {
        guard text.utf8.count > limits.sampleTextBytes else { return text }
        var cut = text.utf8.index(text.startIndex, offsetBy: limits.sampleTextBytes)
        while cut.samePosition(in: text.unicodeScalars) == nil { cut = text.utf8.index(before: cut) }
        return text[..<cut] + "…"
    }

    /// Lists the values of each column that holds few different texts and nothing else, in one pass over the rows.
    func addCategories(to table: inout ScannedTable) throws(SQLiteFailure) {
        let candidates = table.columns.indices.filter { Self.mayHoldCategories(table.columns[$0].dataType) }
        var tallies = candidates.map { _ in CategoryTally(limits: limits) }
        guard !tallies.isEmpty else { return }
        let names = candidates.map { table.columns[$0].name }
        let columns = names.map(SQLiteIdentifier.quoted)
        let sql = Self.selection(of: columns, from: table.tableName, limit: limits.rowsPerTable + 1)
        guard try sawEveryRow(of: sql, tallying: &tallies) else { return }
        for (index, tally) in zip(candidates, tallies) {
            table.columns[index].categories = tally.categories
            table.columns[index].lowCardinality = tally.categories != nil
        }
    }

    /// Whether the tallies are of all rows, or need no further ones.
    private func sawEveryRow(of sql: String, tallying tallies: inout [CategoryTally]) throws(SQLiteFailure) -> Bool {
        do throws(SQLiteFailure) {
            var rowCount = 0
            try deadline.limiting(to: limits.timePerTable) { () throws(SQLiteFailure) in
                let statement = try SQLiteStatement(sql, on: connection)
                while tallies.contains(where: \.isOpen) {
                    guard try statement.step() else { break }
                    rowCount += 1
                    for index in tallies.indices { tallies[index].add(statement, column: index) }
                }
            }
            return rowCount <= limits.rowsPerTable
        } catch  where error.code == SQLITE_INTERRUPT && !deadline.isOver {
            return false
        }
    }

    // The rule of https://www.sqlite.org/datatype3.html for TEXT, and what other databases call a text.
    private static func mayHoldCategories(_ dataType: String) -> Bool {
        let type = SQLiteIdentifier.folded(dataType)
        return type.isEmpty || ["char", "clob", "text", "string", "enum"].contains { type.contains($0) }
    }

    private static func selection(of expressions: [String], from table: String, limit: Int) -> String {
        let list = expressions.joined(separator: ", ")
        return "SELECT \(list) FROM \(SQLiteIdentifier.quoted(table)) LIMIT \(limit)"
    }
}

/// The distinct values of one column, until there are too many of them or one that is no category.
struct CategoryTally {
    private let limits: ScanLimits
    private var values: Set<String> = []
    /// Whether the column may still turn out to be of low cardinality.
    private(set) var isOpen = true

    init(limits: ScanLimits) {
        self.limits = limits
    }

    /// Counts the value of one row.
    mutating func add(_ row: borrowing SQLiteStatement, column: Int) {
        guard isOpen, !row.isNull(column) else { return }
        guard row.isText(column), row.byteCount(column) <= limits.categoryBytes, let value = row.text(column) else {
            isOpen = false
            return
        }
        values.insert(value)
        isOpen = values.count <= limits.categories
    }

    /// The values, sorted; `nil` if they are too many, are no categories, or are none at all.
    var categories: [String]? {
        isOpen && !values.isEmpty ? values.sorted() : nil
    }
}
