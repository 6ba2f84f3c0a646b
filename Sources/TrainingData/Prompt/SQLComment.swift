/// Writes names and values into line comments of SQL so that none of them can end the comment.
enum SQLComment {
    /// One comment line, without a line feed at its end. Line breaks in the text become spaces.
    static func line(_ text: String) -> String {
        "-- " + singleLine(text)
    }

    /// The text on one line: each run of white space and control characters becomes one space.
    static func singleLine(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: \.breaksLineOrSpaces)
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    /// A name as it can stand in SQL: in double quotes unless it is a plain word.
    static func name(_ name: String) -> String {
        let isWord = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte.isASCIILetter || byte.isASCIIDigit
        }
        let isPlain = isWord && !(name.utf8.first?.isASCIIDigit ?? true)
        return isPlain ? name : SQLiteIdentifier.quoted(name)
    }

    /// A value as an SQL literal on one line: line feed, carriage return and tab show as `\n`, `\r` and `\t`.
    static func literal(_ value: SampleValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .real(let number): number.description
        case .text(let text): literal(text)
        case .blob(let byteCount): "<\(byteCount) bytes>"
        }
    }

    /// A text as an SQL literal on one line.
    static func literal(_ text: String) -> String {
        var literal = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": literal += "''"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case _ where scalar != " " && scalar.breaksLineOrSpaces: literal += " "
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "'"
    }
}

extension Unicode.Scalar {
    /// Whether a reader may take the character for the end of a line, or for white space.
    fileprivate var breaksLineOrSpaces: Bool {
        properties.isWhitespace || properties.generalCategory == .control
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
