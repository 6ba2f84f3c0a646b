/// Finds tables by their names in SQL that nothing here can parse.
struct TablesNamed {
    private let names: [String: String]

    init(_ tables: [TableDescription]) {
        let pairs = tables.map { (SQLiteIdentifier.folded($0.tableName), $0.tableName) }
        names = Dictionary(pairs) { first, _ in first }
    }

    /// The tables that the SQL may read: those whose name stands in it as a word, though it may mean a column there.
    func within(_ sql: String) -> Set<String> {
        Set(
            SQLLexer(sql).compactMap { token in
                switch token {
                case .word(let word): names[word]
                case .text, .symbol, .lineComment, .blockComment: nil
                }
            })
    }
}
