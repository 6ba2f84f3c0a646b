/// The end of somebody's DDL: whether text put after it would be read as SQL.
enum DDLText {
    /// The DDL with line feeds alone between lines, no white space around it, and a semicolon at its end that no
    /// comment swallows.
    static func terminated(_ ddl: String) -> String {
        let lines = ddl.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let text = trimmed(lines)
        switch lastPlace(of: text) {
        case .statement(endsInSemicolon: true): return text
        case .statement(endsInSemicolon: false), .quoted: return text + ";"
        case .lineComment: return text + "\n;"
        case .blockComment: return text + " */;"
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    private enum Place {
        case statement(endsInSemicolon: Bool)
        case quoted(until: UInt8)
        case lineComment
        case blockComment

        var isBlockComment: Bool {
            if case .blockComment = self { true } else { false }
        }
    }

    private static func lastPlace(of text: String) -> Place {
        var place = Place.statement(endsInSemicolon: false)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let next = Self.place(after: place, previous, byte)
            // A byte is a part of one comment mark only: neither "/*/" nor "*/*" holds two of them.
            previous = place.isBlockComment == next.isBlockComment ? byte : 0
            place = next
        }
        return place
    }

    private static func place(after place: Place, _ previous: UInt8, _ byte: UInt8) -> Place {
        let pair = (UnicodeScalar(previous), UnicodeScalar(byte))
        switch place {
        case .quoted(let end): return byte == end ? .statement(endsInSemicolon: false) : place
        case .lineComment: return byte == UInt8(ascii: "\n") ? .statement(endsInSemicolon: false) : place
        case .blockComment: return pair == ("*", "/") ? .statement(endsInSemicolon: false) : place
        case .statement(let endsInSemicolon):
            switch pair {
            case ("-", "-"): return .lineComment
            case ("/", "*"): return .blockComment
            case (_, "'"), (_, "\""), (_, "`"): return .quoted(until: byte)
            case (_, "["): return .quoted(until: UInt8(ascii: "]"))
            case (_, ";"): return .statement(endsInSemicolon: true)
            case (_, " "), (_, "\n"), (_, "\t"): return .statement(endsInSemicolon: endsInSemicolon)
            default: return .statement(endsInSemicolon: false)
            }
        }
    }
}
