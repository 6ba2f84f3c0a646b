extension [SQLSkeleton.Part] {
    /// With one part for each value, whatever it is made of, and one for each IN list of values.
    func foldingValues() -> [SQLSkeleton.Part] {
        var folding = ValueFolding()
        for (index, part) in enumerated() {
            folding.add(part, before: index + 1 < count ? self[index + 1] : nil)
        }
        return folding.parts
    }
}

/// Puts values together from the parts that the lexer cuts them into: `-1.5`, `x'00'`, `'it''s'`.
private struct ValueFolding {
    private(set) var parts: [SQLSkeleton.Part] = []
    /// For each open parenthesis, whether it is that of an IN list.
    private var isList: [Bool] = []

    /// The letters before a text that say how it is written.
    private static let textPrefixes: Set<SQLSkeleton.Part> = [
        .word("x"), .word("e"), .word("n"), .word("b"), .word("r"), .word("u"),
    ]
    private static let comparisons: Set<SQLSkeleton.Part> = [
        .symbol("="), .symbol("<"), .symbol(">"), .word("like"), .word("ilike"), .word("glob"), .word("between"),
        .word("then"), .word("else"),
    ]

    mutating func add(_ part: SQLSkeleton.Part, before next: SQLSkeleton.Part?) {
        switch part {
        case .value:
            if let last = parts.last, Self.textPrefixes.contains(last) { parts.removeLast() }
            addValue()
        case .number: addNumber()
        case .quoted where isText(before: next): addValue()
        case .quoted(let name): parts.append(.word(name))
        case .symbol("("):
            isList.append(parts.last == .word("in"))
            parts.append(part)
        case .symbol(")"):
            _ = isList.popLast()
            parts.append(part)
        case .word, .symbol: parts.append(part)
        }
    }

    private mutating func addNumber() {
        if parts.last == .symbol("."), parts.dropLast().last.map(Self.isName) != true { parts.removeLast() }
        if parts.last == .symbol("-") || parts.last == .symbol("+"), !endsOperand(parts.dropLast()) {
            parts.removeLast()
        }
        addValue()
    }

    private mutating func addValue() {
        if parts.last == .value { return }
        if isList.last == true, parts.last == .symbol(","), parts.dropLast().last == .value {
            parts.removeLast()
            return
        }
        parts.append(.value)
    }

    // Dialects that know no other quotes write texts in double quotes too. After a comparison one is taken for a text
    // unless it goes on as a name does.
    private func isText(before next: SQLSkeleton.Part?) -> Bool {
        if next == .symbol(".") || next == .symbol("(") || parts.last == .symbol(".") { return false }
        guard let last = parts.last else { return false }
        if Self.comparisons.contains(last) { return true }
        if last == .word("and"), parts.count >= 3 {
            return parts[parts.count - 2] == .value && parts[parts.count - 3] == .word("between")
        }
        return isList.last == true && (last == .symbol("(") || last == .symbol(","))
    }

    private static func isName(_ part: SQLSkeleton.Part) -> Bool {
        switch part {
        case .word, .quoted: true
        case .number, .value, .symbol: false
        }
    }

    /// Whether what stands here can be the left side of a sum, so that a sign after it is no part of a number.
    private func endsOperand(_ parts: ArraySlice<SQLSkeleton.Part>) -> Bool {
        switch parts.last {
        case .value, .number, .quoted, .symbol(")"): true
        case .word(let word): !SQLKeywords.all.contains(word)
        case .symbol, nil: false
        }
    }
}
