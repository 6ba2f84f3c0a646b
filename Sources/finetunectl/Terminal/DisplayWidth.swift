/// How many columns text takes on a terminal, and how it is made to fit.
enum DisplayWidth {
    /// The columns that a character takes: none, one or two.
    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return 1 }
        if first.properties.generalCategory == .nonspacingMark || first.properties.generalCategory == .enclosingMark {
            return 0
        }
        return first.properties.isEmojiPresentation || isWide(first.value) ? 2 : 1
    }

    /// The columns that text takes.
    static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    // The blocks that Unicode's EastAsianWidth.txt calls wide or full-width, without the gaps inside them.
    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

extension String {
    /// The text on one line, without anything that could move the cursor or change colours: what comes from a
    /// database or a provider must not drive the terminal.
    var onOneLine: String {
        guard unicodeScalars.contains(where: \.isUnsafeOnTerminals) else { return self }
        let words = unicodeScalars.split { $0.properties.isWhitespace }
        return words.map { word in
            String(String.UnicodeScalarView(word.map { $0.isUnsafeOnTerminals ? "\u{FFFD}" : $0 }))
        }.joined(separator: " ")
    }

    /// The text with line breaks kept and everything else that drives terminals replaced.
    var onManyLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).onOneLineKeepingSpaces }
            .joined(separator: "\n")
    }

    private var onOneLineKeepingSpaces: String {
        let expanded = unicodeScalars.flatMap { $0 == "\t" ? Array("    ".unicodeScalars) : $0 == "\r" ? [] : [$0] }
        return String(String.UnicodeScalarView(expanded.map { $0.isUnsafeOnTerminals ? "\u{FFFD}" : $0 }))
    }

    /// The text cut to at most `width` columns, the cut marked with an ellipsis.
    func truncated(toWidth width: Int) -> String {
        guard DisplayWidth.of(self) > width else { return self }
        guard width > 1 else { return width == 1 ? "…" : "" }
        var used = 0
        let kept = prefix { character in
            used += DisplayWidth.of(character)
            return used < width
        }
        return kept + "…"
    }

    /// The text with spaces after it up to `width` columns.
    func padded(toWidth width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
    }

    /// The text with spaces before it up to `width` columns.
    func indented(toWidth width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(self))) + self
    }
}

extension Unicode.Scalar {
    /// Control characters, line ends, and the marks that turn the direction of text.
    fileprivate var isUnsafeOnTerminals: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
