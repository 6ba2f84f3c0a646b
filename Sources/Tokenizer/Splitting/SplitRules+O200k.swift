extension SplitRules {
    /// The rule of o200k_base:
    ///
    ///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|
    ///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|
    ///     \p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
    func endOfO200kPiece(from start: Int, in text: Span<UInt8>) -> Int {
        let first = kinds.scalar(at: start, in: text)
        if first.kind == .number {
            return endOfNumber(from: first.end, in: text)
        }
        if let end = endOfWord(from: start, first: first, in: text) {
            return endOfContraction(from: end, in: text) ?? end
        }
        if let end = endOfSymbols(from: start, in: text) {
            return endOfLinesAndSlashes(from: end, in: text)
        }
        return endOfO200kWhitespace(from: start, in: text)
    }

    /// `[\r\n/]*`
    private func endOfLinesAndSlashes(from start: Int, in text: Span<UInt8>) -> Int {
        var end = start
        while end < text.count, text[end] == 0x0D || text[end] == 0x0A || text[end] == UInt8(ascii: "/") {
            end += 1
        }
        return end
    }

    /// A word without its contraction, with what may stand in front of it. `nil` if there is none.
    private func endOfWord(
        from start: Int, first: (kind: ScalarKind, end: Int), in text: Span<UInt8>
    ) -> Int? {
        if !first.kind.isDisjoint(with: .letter) {
            return endOfLetters(from: start, in: text)?.end
        }
        if first.kind == .lineBreak {
            return nil
        }
        let letters = endOfLetters(from: first.end, in: text)
        // A mark may stand in front of a word and be a word. It is one if what follows has only capitals: the rule's
        // first choice, which wants a letter that is none, is tried in both ways before the second.
        if first.kind == .mark {
            return letters.flatMap { $0.isAllCapitals ? nil : $0.end } ?? first.end
        }
        return letters?.end
    }

    /// Capitals, then small letters: a word ends before the next capital. Letters without case, and marks, are both.
    /// Of capitals that no small letter follows, those after the last that is both are left out.
    private func endOfLetters(from start: Int, in text: Span<UInt8>) -> (end: Int, isAllCapitals: Bool)? {
        var end = start
        var endOfCaseless: Int?
        while end < text.count {
            let next = kinds.scalar(at: end, in: text)
            if next.kind == .lowercase {
                return (kinds.endOfRun(of: [.lowercase, .caseless, .mark], from: next.end, in: text), false)
            }
            guard !next.kind.isDisjoint(with: [.uppercase, .caseless, .mark]) else { break }
            end = next.end
            if next.kind != .uppercase {
                endOfCaseless = end
            }
        }
        if let endOfCaseless {
            return (endOfCaseless, false)
        }
        return end > start ? (end, true) : nil
    }
}
