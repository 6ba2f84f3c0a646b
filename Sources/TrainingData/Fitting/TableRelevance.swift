internal import GRDBSQLite

/// Ranks tables by how much a question seems to be about them: SQLite's full-text search over their names,
/// descriptions and categories, with BM25. An instance is used by one thread.
final class TableRelevance {
    private let index: SQLiteConnection
    private let tableCount: Int

    private static let fields = "name, purpose, columns, meanings, categories"
    /// More of a question is not looked at.
    private static let longestQuery = 128

    /// Indexes the tables. Throws only where SQLite cannot open a database in memory, or has no FTS5.
    init(_ tables: [TableDescription]) throws(SQLiteFailure) {
        index = try SQLiteConnection(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY)
        tableCount = tables.count
        try index.execute(
            """
            CREATE VIRTUAL TABLE description USING fts5 (\(Self.fields), content = '', tokenize = 'porter unicode61')
            """)
        for (place, table) in tables.enumerated() {
            let insertion = "INSERT INTO description (rowid, \(Self.fields)) VALUES (\(place), ?, ?, ?, ?, ?)"
            _ = try index.rows(of: insertion, binding: Self.texts(of: table)) { _ in () }
        }
    }

    /// The places of all tables, the most relevant first. Those that have no word of the question come last, and like
    /// others of the same relevance stand in the order of the tables.
    func ranking(for question: String) throws(SQLiteFailure) -> [Int] {
        let found = try matches(of: Self.query(for: question))
        let isFound = Set(found)
        return found + (0..<tableCount).filter { !isFound.contains($0) }
    }

    // A name says more than a word of a description, and that more than one of many values.
    private func matches(of query: String) throws(SQLiteFailure) -> [Int] {
        guard !query.isEmpty else { return [] }
        return try index.rows(
            of: """
                SELECT rowid FROM description WHERE description MATCH ?
                ORDER BY bm25(description, 8, 3, 4, 2, 1), rowid
                """, binding: [query]
        ) { Int($0.integer(0)) }
    }

    // Words of letters and digits, in quotes, have no meaning of their own in a query.
    private static func query(for question: String) -> String {
        let words = SearchWords.words(of: question)
        let telling = words.filter { !SearchWords.common.contains($0) }
        var known: Set<String> = []
        return (telling.isEmpty ? words : telling).filter { known.insert($0).inserted }.prefix(longestQuery)
            .map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    private static func texts(of table: TableDescription) -> [String] {
        let names = table.columns.map(\.name) + table.columns.compactMap(\.foreignKey?.referenceTable)
        return [
            searchable([table.qualifiedName]), searchable([table.description ?? ""]), searchable(names),
            searchable(table.columns.compactMap(\.description)),
            searchable(table.columns.flatMap { $0.categories ?? [] }),
        ]
    }

    private static func searchable(_ texts: [String]) -> String {
        texts.flatMap(SearchWords.words).joined(separator: " ")
    }
}
