/// Checks golden SQL against the described tables of a connection. An instance is used by one thread at
/// a time.
package final class GoldenRecordChecker {
    /// The tables whose DDL does not prepare; empty for a dialect that is not checked.
    package var schemaProblems: [SchemaProblem] { schema?.problems ?? [] }

    private let dialect: SQLDialect
    private let schema: DescribedSchema?

    /// Gets ready for one connection's dialect and tables.
    package init(dialect: SQLDialect, tables: [TableDescription]) throws(SQLiteFailure) {
        self.dialect = dialect
        let isCheckable = dialect.isCheckedBySQLite && tables.contains { $0.status != .deprecated }
        schema = isCheckable ? try DescribedSchema(tables: tables) : nil
    }

    /// Whether to check this text takes so little time that nobody minds to wait for it: a few hundredths of a
    /// millisecond, as a rule. It is short, is no more than it spells out, and there are not too many names to
    /// suggest one of where it misspells one.
    package func isQuicklyChecked(_ sql: String) -> Bool {
        guard sql.utf8.count <= Self.shortText else { return false }
        guard let schema else { return true }
        return schema.nameCount <= Self.fewNames && !schema.expansion.mayUnfold(sql)
    }

    // In bytes: of what people ask, nearly all.
    private static let shortText = 512
    private static let fewNames = 2_000

    /// The verdict on one SQL text, and the tables it reads as far as that is known.
    package func check(_ sql: String) -> (check: RecordCheck, tablesRead: Set<String>) {
        guard sql.contains(where: { !$0.isWhitespace }) else { return (.invalid(reason: "its SQL is empty"), []) }
        guard dialect.isCheckedBySQLite else {
            if let reason = UnpreparedSQL(sql).obstacle { return (.invalid(reason: reason), []) }
            return (.unchecked(reason: "of \(dialect.displayName)'s SQL only the form is checked here"), [])
        }
        guard let schema else { return (.unchecked(reason: "no tables are described yet"), []) }
        switch schema.inspect(sql) {
        case .reads(let tables): return (.valid, tables)
        case .invalid(let reason): return (.invalid(reason: reason), [])
        case .undecided(let reason): return (.unchecked(reason: reason), [])
        }
    }
}
