/// Counts what examples show of tables, and what their SQL reads.
struct TableUses {
    private var readCounts: [String: Int] = [:]
    /// How many examples show every table.
    private var wholeCount = 0
    /// How many other examples show each table.
    private var shownCounts: [ShownTable: Int] = [:]

    mutating func add(_ fitted: FittedExample, reading tables: Set<String>) {
        for table in tables { readCounts[table, default: 0] += 1 }
        if fitted.omittedTableCount == 0 {
            wholeCount += 1
        } else {
            for table in fitted.example.schema.tables { shownCounts[table, default: 0] += 1 }
        }
    }

    /// The use of each table, in their order.
    func list(of tables: [TableDescription]) -> [TableUse] {
        tables.map { table in
            TableUse(
                name: table.qualifiedName, recordCount: readCounts[table.tableName] ?? 0,
                shownCount: wholeCount + (shownCounts[ShownTable(table)] ?? 0))
        }
    }
}
