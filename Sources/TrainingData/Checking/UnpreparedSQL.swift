/// SQL of a dialect that no library here prepares: what its words alone tell for certain.
///
/// The first word is the same to all dialects. The rest is judged only where every dialect ends quotes and comments at
/// the same places, so no SQL is refused because it was misread.
struct UnpreparedSQL {
    private let sql: String
    /// Comments are left out.
    private let tokens: [SQLLexer.Token]
    /// In how many parentheses each token stands; of a parenthesis, what is the case after it.
    private let depths: [Int]

    init(_ sql: String) {
        self.sql = sql
        tokens = SQLLexer(sql).filter { token in
            switch token {
            case .word, .text, .symbol: true
            case .lineComment, .blockComment: false
            }
        }
        var depth = 0
        depths = tokens.map { token in
            switch token {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            case .word, .text, .symbol, .lineComment, .blockComment: break
            }
            return depth
        }
    }

    /// Why it is not one statement that only reads, whatever the dialect; nothing if that cannot be told.
    var obstacle: String? {
        if sql.utf8.contains(0) { return "it contains a NUL character" }
        if sql.utf8.count > ReadingSQL.lengthLimit { return "it is longer than \(ReadingSQL.lengthLimit) bytes" }
        guard tokens.contains(where: { $0 != .symbol(";") }) else { return "it holds no statement" }
        if let word = firstWord, Self.writing.contains(word) {
            return "it begins with \(word.uppercased()); only reading is allowed"
        }
        guard isReadAlike else { return nil }
        if holdsMore { return "it holds more than one statement" }
        return writesWithin ? "it writes; only reading is allowed" : parenthesisProblem
    }

    private static let writing: Set = [
        "alter", "analyze", "attach", "begin", "call", "commit", "copy", "create", "delete", "detach", "do", "drop",
        "exec",
        "execute", "export", "grant", "import", "insert", "load", "lock", "merge", "optimize", "pragma", "refresh",
        "rename",
        "replace", "reset", "revoke", "rollback", "savepoint", "set", "truncate", "unload", "update", "upsert", "use",
        "vacuum",
    ]
    private static let changing: Set = ["delete", "insert", "merge", "update"]

    private var firstWord: String? {
        switch tokens.first(where: { $0 != .symbol("(") && $0 != .symbol(";") }) {
        case .word(let word): word
        case .text, .symbol, .lineComment, .blockComment, nil: nil
        }
    }
}

extension UnpreparedSQL {
    // A backslash escapes a quote in some dialects, a dollar sign or three quotes open a text, and # a comment; Oracle
    // has q'[…]'.
    private var isReadAlike: Bool {
        let isSpecial = sql.utf8.contains { [UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "#")].contains($0) }
        let opensOddly = zip(tokens, tokens.dropFirst()).contains { token, next in
            next == .text && (token == .word("q") || token == .word("nq"))
        }
        return !isSpecial && !opensOddly && !sql.contains("'''") && !sql.contains("\"\"\"")
    }

    private var holdsMore: Bool {
        guard let end = tokens.drop(while: { $0 == .symbol(";") }).firstIndex(of: .symbol(";")) else { return false }
        return tokens[end...].contains { $0 != .symbol(";") }
    }

    // After WITH: a part `AS (DELETE …`, or the statement itself. A word before a parenthesis is a function's name.
    private var writesWithin: Bool {
        guard firstWord == "with" else { return false }
        return tokens.indices.dropFirst().dropLast().contains { place in
            guard case .word(let word) = tokens[place], Self.changing.contains(word), tokens[place + 1] != .symbol("(")
            else { return false }
            switch tokens[place - 1] {
            case .symbol("("): return place > 1 && [.word("as"), .word("materialized")].contains(tokens[place - 2])
            case .symbol(")"): return depths[place] == 0
            case .word, .text, .symbol, .lineComment, .blockComment: return false
            }
        }
    }

    private var parenthesisProblem: String? {
        if depths.contains(where: { $0 < 0 }) { return "a parenthesis is closed that was not opened" }
        return depths.last == 0 ? nil : "a parenthesis is not closed"
    }
}
