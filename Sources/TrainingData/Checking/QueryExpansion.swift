/// Estimates into how many queries SQLite unfolds one, as it replaces each view and common table expression by its
/// definition at every place of use.
///
/// A line of SQL can double the work of the line before. SQLite 3.40 neither bounds that nor can be interrupted while
/// it prepares a statement, so such SQL must not reach it. The estimate counts names and may only be too high.
struct QueryExpansion {
    /// The most queries that a statement may unfold into: less than a second of work.
    static let limit = 5_000

    private var countByName: [String: Int] = [:]

    /// Learns the views among some DDL statements, in whatever order they use one another.
    init(ofViews statements: [(name: String, ddl: String)] = []) {
        let views = statements.map { (SQLiteIdentifier.folded($0.name), Self.tokens(of: $0.ddl)) }
            .filter { _, tokens in tokens.contains(.word("view")) }
        let tokensByName = Dictionary(views, uniquingKeysWith: { $1 })
        for (name, _) in views { learn(name, among: tokensByName) }
    }

    // Each view is counted once, after those that it uses. Of views that use one another in a circle, which SQLite
    // refuses by itself, one is counted before it is known what it unfolds into. No recursion: the chain of views may be
    // longer than a thread's stack.
    private mutating func learn(_ name: String, among views: [String: [SQLLexer.Token]]) {
        var path: [(name: String, isEntered: Bool)] = [(name, false)]
        var entered: Set<String> = []
        while let (name, isEntered) = path.popLast() {
            guard let tokens = views[name], countByName[name] == nil else { continue }
            if isEntered {
                countByName[name] = count(of: tokens, defining: name)
            } else if entered.insert(name).inserted {
                path.append((name, true))
                for case .word(let used) in tokens where views[used] != nil { path.append((used, false)) }
            }
        }
    }

    /// Whether SQLite can be asked to prepare the statement.
    func allows(_ sql: String) -> Bool {
        guard mayUnfold(sql) else { return true }
        return count(of: Self.tokens(of: sql), defining: nil) <= Self.limit
    }

    /// Whether the statement may be more queries than it spells out.
    func mayUnfold(_ sql: String) -> Bool {
        !countByName.isEmpty || Self.mayDefineExpressions(sql)
    }

    /// Whether the letters of WITH occur, in whatever case; most SQL is spared the closer look.
    private static func mayDefineExpressions(_ sql: String) -> Bool {
        var sql = sql
        return sql.withUTF8 { bytes in
            var window: UInt32 = 0
            return bytes.contains { byte in
                window = window << 8 | UInt32(byte | 0x20)
                return window == 0x7769_7468
            }
        }
    }

    private static func tokens(of sql: String) -> [SQLLexer.Token] {
        SQLLexer(sql).filter { token in
            switch token {
            case .word, .text, .symbol: true
            case .lineComment, .blockComment: false
            }
        }
    }

    private func count(of tokens: [SQLLexer.Token], defining name: String?) -> Int {
        var counts: [String: Int] = [:]
        var depth = 0
        var open: [(name: String?, depth: Int, count: Int)] = [(name, 0, 1)]
        for (index, token) in tokens.enumerated() {
            switch token {
            case .symbol("("):
                depth += 1
                if let name = Self.nameDefined(before: index, in: tokens) { open.append((name, depth, 1)) }
            case .symbol(")"):
                if open.count > 1, let last = open.last, last.depth == depth {
                    open.removeLast()
                    if let name = last.name { counts[name] = last.count }
                }
                depth -= 1
            case .word(let word) where word != open.last?.name && !Self.isQualifier(index, in: tokens):
                let sum = open[open.count - 1].count + (counts[word] ?? countByName[word] ?? 0)
                open[open.count - 1].count = min(sum, Self.limit + 1)
            case .word, .text, .symbol, .lineComment, .blockComment: break
            }
        }
        return open[0].count
    }

    private static func isQualifier(_ index: Int, in tokens: [SQLLexer.Token]) -> Bool {
        index + 1 < tokens.count && tokens[index + 1] == .symbol(".")
    }

    /// The name of `name AS (` or `name (columns) AS NOT MATERIALIZED (`, whose parenthesis is at the index.
    private static func nameDefined(before index: Int, in tokens: [SQLLexer.Token]) -> String? {
        var start = tokens[..<index]
        if start.last == .word("materialized") { start.removeLast() }
        if start.last == .word("not") { start.removeLast() }
        guard start.popLast() == .word("as") else { return nil }
        if start.last == .symbol(")"), let open = start.lastIndex(of: .symbol("(")) { start = start[..<open] }
        guard case .word(let name) = start.last else { return nil }
        return name
    }
}
