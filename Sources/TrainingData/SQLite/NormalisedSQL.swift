/// SQL without what does not matter: spaces, comments, the case of letters outside of quotes, a semicolon at the end.
///
/// Two statements that are equal so mean the same; two that mean the same need not be equal so.
package struct NormalisedSQL: Hashable, Sendable {
    /// The text that is left.
    package let text: String

    /// Normalises a statement.
    package init(_ sql: String) {
        var normaliser = Normaliser(rest: Array(sql.utf8)[...])
        text = String(decoding: normaliser.run(), as: UTF8.self)
    }
}

/// Reads SQL byte by byte. Bytes of other than ASCII are parts of words.
private struct Normaliser {
    var rest: ArraySlice<UInt8>
    private var written: [UInt8] = []

    init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    mutating func run() -> [UInt8] {
        while let byte = rest.first {
            if !skipSpace(), !skipComment() { take(byte) }
        }
        while written.last == UInt8(ascii: ";") || written.last == UInt8(ascii: " ") { written.removeLast() }
        return written
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): takeQuoted(until: byte)
        case UInt8(ascii: "["): takeQuoted(until: UInt8(ascii: "]"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): write(byte | 0x20)
        default: write(byte)
        }
    }

    private mutating func write(_ byte: UInt8) {
        // A space matters only between two words.
        if written.last == UInt8(ascii: " "),
            !SQLLexer.isPartOfWord(byte) || written.dropLast().last.map(SQLLexer.isPartOfWord) != true
        {
            written.removeLast()
        }
        written.append(byte)
        rest.removeFirst()
    }

    private mutating func takeQuoted(until end: UInt8) {
        if let first = rest.first { write(first) }
        while let byte = rest.popFirst() {
            written.append(byte)
            if byte == end { return }
        }
    }

    private mutating func skipSpace() -> Bool {
        guard let byte = rest.first, byte == 0x20 || (0x09...0x0d).contains(byte) else { return false }
        rest.removeFirst()
        writeSpace()
        return true
    }

    private mutating func skipComment() -> Bool {
        if rest.starts(with: "--".utf8) {
            rest = rest.drop { $0 != 0x0a }
        } else if rest.starts(with: "/*".utf8) {
            rest = rest.dropFirst(2)
            while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest.removeFirst() }
            rest = rest.dropFirst(2)
        } else {
            return false
        }
        writeSpace()
        return true
    }

    private mutating func writeSpace() {
        if !written.isEmpty, written.last != UInt8(ascii: " ") { written.append(UInt8(ascii: " ")) }
    }
}
