extension SplitRules {
    /// The rule of cl100k_base:
    ///
    ///     '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|
    ///     \s++$|\s*[\r\n]|\s+(?!\S)|\s
    func endOfCl100kPiece(from start: Int, in text: Span<UInt8>) -> Int {
        let first = kinds.scalar(at: start, in: text)
        if !first.kind.isDisjoint(with: .letter) {
            return kinds.endOfRun(of: .letter, from: first.end, in: text)
        }
        if first.kind == .number {
            return endOfNumber(from: first.end, in: text)
        }
        if let end = endOfContraction(from: start, in: text) {
            return end
        }
        if first.kind != .lineBreak {
            let end = kinds.endOfRun(of: .letter, from: first.end, in: text)
            if end > first.end {
                return end
            }
        }
        if let end = endOfSymbols(from: start, in: text) {
            return kinds.endOfRun(of: .lineBreak, from: end, in: text)
        }
        return endOfCl100kWhitespace(from: start, in: text)
    }
}
