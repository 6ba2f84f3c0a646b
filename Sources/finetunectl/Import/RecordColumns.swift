/// Which of a record's names hold the question and the SQL.
struct RecordColumns: Equatable, Sendable {
    let question: String
    let sql: String
    /// The names that hold neither and are not the daemon's own.
    let unused: [String]

    /// Names for the SQL, the surest first. `query` may be the question too, where another name holds the SQL.
    static let sqlNames = ["sql", "golden_sql", "gold_sql", "sql_query", "query", "answer", "completion"]
    /// Names for the question, the surest first.
    static let questionNames = [
        "prompt_text", "question", "nlq", "natural_language_query", "nl_question", "prompt", "query", "utterance",
    ]
    // What exports and replies carry besides: no loss if it is left out.
    private static let ownNames: Set = ["id", "db_connection_id", "created_at", "updated_at", "check", "metadata"]

    /// Finds them among names as files write them; nothing if one is missing.
    init?(_ names: [String]) {
        let names = names.map(Self.normalized)
        for sql in Self.sqlNames where names.contains(sql) {
            if let question = Self.questionNames.first(where: { $0 != sql && names.contains($0) }) {
                self.question = question
                self.sql = sql
                unused = names.filter { $0 != question && $0 != sql && !Self.ownNames.contains($0) }
                return
            }
        }
        return nil
    }

    /// Finds them, or says what is wrong with the names: one is missing, or one that is used is there twice.
    static func found(among names: [String]) -> Result<RecordColumns, RowProblem> {
        guard let columns = RecordColumns(names) else { return .failure(RowProblem(reason: absence(among: names))) }
        let places = Dictionary(grouping: names.indices) { normalized(names[$0]) }
        for name in [columns.question, columns.sql, "metadata"] {
            guard let both = places[name], both.count > 1 else { continue }
            return .failure(
                RowProblem(
                    reason:
                        "has the name \"\(name)\" twice, in places \(both[0] + 1) and \(both[1] + 1): rename one of them"
                ))
        }
        return .success(columns)
    }

    /// A name in lower case, with underscores for spaces and hyphens: `Golden SQL` is `golden_sql`.
    static func normalized(_ name: String) -> String {
        if name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F }) { return name }
        let characters = name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }
        return String(characters.drop { $0 == "_" }.reversed().drop { $0 == "_" }.reversed())
    }

    /// Why names do not do.
    private static func absence(among names: [String]) -> String {
        let found = names.prefix(12).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
        return "has no question and SQL: use the names prompt_text and sql (found \(found))"
    }
}
