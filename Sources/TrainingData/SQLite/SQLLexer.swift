/// Cuts SQL of any dialect into tokens, as far as quotes and comments are written alike everywhere.
package struct SQLLexer: Sequence, IteratorProtocol {
    /// A token, without the white space around it.
    package enum Token: Equatable {
        /// A keyword, a number, or a name without its quotes, with ASCII letters in lower case.
        case word(String)
        /// A text in single quotes.
        case text
        /// Any other byte.
        case symbol(Unicode.Scalar)
        /// From `--` to the end of the line, which may be missing.
        case lineComment(isClosed: Bool)
        /// From `/*` to `*/`, which may be missing.
        case blockComment(isClosed: Bool)
    }

    /// Whether the last word stood in double quotes.
    private(set) var isInDoubleQuotes = false
    private var rest: Substring.UTF8View

    /// Starts at the beginning of the text.
    package init(_ sql: String) {
        rest = Substring(sql).utf8
    }

    /// The next token, `nil` at the end.
    package mutating func next() -> Token? {
        rest = rest.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        isInDoubleQuotes = rest.first == UInt8(ascii: "\"")
        guard let byte = rest.first else { return nil }
        if rest.starts(with: "--".utf8) { return .lineComment(isClosed: skip(2, through: "\n")) }
        if rest.starts(with: "/*".utf8) { return .blockComment(isClosed: skip(2, through: "*/")) }
        switch Unicode.Scalar(byte) {
        case "'":
            _ = skip(1, through: "'")
            return .text
        case "\"": return quotedWord(until: "\"")
        case "`": return quotedWord(until: "`")
        case "[": return quotedWord(until: "]")
        case _ where Self.isPartOfWord(byte): return word()
        case let symbol:
            rest.removeFirst()
            return .symbol(symbol)
        }
    }

    private mutating func word() -> Token {
        let bytes = rest.prefix(while: Self.isPartOfWord)
        rest = rest[bytes.endIndex...]
        return .word(SQLiteIdentifier.folded(String(Substring(bytes))))
    }

    private mutating func quotedWord(until end: String) -> Token {
        let afterQuote = rest.dropFirst()
        let isClosed = skip(1, through: end)
        let name = afterQuote[..<rest.startIndex].dropLast(isClosed ? 1 : 0)
        return .word(SQLiteIdentifier.folded(String(Substring(name))))
    }

    /// Goes past the next `end` that comes after so many bytes; `false` and to the end if there is none.
    private mutating func skip(_ count: Int, through end: String) -> Bool {
        rest.removeFirst(count)
        while !rest.isEmpty {
            if rest.starts(with: end.utf8) {
                rest.removeFirst(end.utf8.count)
                return true
            }
            rest.removeFirst()
        }
        return false
    }

    /// Whether a byte is a part of a keyword, a number or a name. Those of other than ASCII are.
    static func isPartOfWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

extension SQLLexer {
    /// Whether a query says in which order its rows come: by an ORDER BY outside of all parentheses.
    static func ordersRows(_ sql: String) -> Bool {
        var depth = 0
        var last: Token?
        for token in SQLLexer(sql) {
            switch token {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            case .word("by") where depth == 0 && last == .word("order"): return true
            case .lineComment, .blockComment: continue
            case .word, .text, .symbol: break
            }
            last = token
        }
        return false
    }
}
