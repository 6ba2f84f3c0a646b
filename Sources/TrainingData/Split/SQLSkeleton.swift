/// What is left of an SQL text without what varies from question to question: two texts with one skeleton ask the
/// same of the database, of other values or in other spelling.
///
/// Gone are comments, the values of literals and the number of them in an IN list, the case of names and the quotes
/// around them, qualifiers, aliases, a semicolon at the end, and words that change nothing (`INNER`, `OUTER`, `ASC`).
/// The order of everything else counts, and so do the names of tables, columns and functions. It is made of the
/// tokens alone, for every dialect alike, without knowing the schema; where that leaves a doubt, the texts are rather
/// taken for the same.
package struct SQLSkeleton: Hashable, Sendable {
    /// The skeleton, its parts with a space between them: `select name from city where area > ?`.
    package let text: String

    /// The skeleton of an SQL text, which need not be right.
    package init(_ sql: String) {
        let parts = Part.parts(of: sql).foldingValues().droppingQualifiers().droppingAliases().droppingIdleWords()
        text = parts.map(\.text).joined(separator: " ")
    }

    /// A piece of a skeleton in the making.
    enum Part: Hashable {
        /// A keyword or name, in lower case.
        case word(String)
        /// The same in double quotes: a name in the standard, a text in some dialects.
        case quoted(String)
        /// A number, which may be a part of one.
        case number
        /// A text, or a number as a whole.
        case value
        case symbol(Unicode.Scalar)

        var text: String {
            switch self {
            case .word(let word), .quoted(let word): word
            case .number, .value: "?"
            case .symbol(let symbol): String(symbol)
            }
        }
    }
}

extension SQLSkeleton.Part {
    static func parts(of sql: String) -> [SQLSkeleton.Part] {
        var lexer = SQLLexer(sql)
        var parts: [SQLSkeleton.Part] = []
        while let token = lexer.next() {
            switch token {
            case .word(let word) where lexer.isInDoubleQuotes: parts.append(.quoted(word))
            case .word(let word): parts.append(word.utf8.first.map(isDigit) == true ? .number : .word(word))
            case .text: parts.append(.value)
            case .symbol(let symbol): parts.append(.symbol(symbol))
            case .lineComment, .blockComment: break
            }
        }
        if parts.last == .symbol(";") { parts.removeLast() }
        return parts
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension [SQLSkeleton.Part] {
    private static let idleWords: Set<String> = ["inner", "outer", "asc"]

    /// Without words that change nothing, and with one spelling of the comparisons that have two.
    func droppingIdleWords() -> [SQLSkeleton.Part] {
        var kept: [SQLSkeleton.Part] = []
        for part in self {
            switch (kept.last, part) {
            case (_, .word(let word)) where Self.idleWords.contains(word): break
            case (.symbol("!"), .symbol("=")):
                kept.removeLast()
                kept += [.symbol("<"), .symbol(">")]
            case (.symbol("="), .symbol("=")): break
            case (_, let part): kept.append(part)
            }
        }
        return kept
    }
}
