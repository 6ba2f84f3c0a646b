/// Cuts a text into the pieces that are encoded each by itself.
///
/// The published rules are regular expressions, an ordered choice of what a piece may be. Here each choice is a
/// function, so that a text is read once, in linear time, whatever is in it.
struct SplitRules: Sendable {
    let vocabulary: Vocabulary
    let kinds = ScalarKinds.all

    /// Where the piece that starts here ends. `start` is not the end of the text; the result is greater.
    @inline(__always)
    func endOfPiece(from start: Int, in text: Span<UInt8>) -> Int {
        switch vocabulary {
        case .cl100k: endOfCl100kPiece(from: start, in: text)
        case .o200k: endOfO200kPiece(from: start, in: text)
        }
    }
}

/// The choices that the vocabularies have in common.
extension SplitRules {
    /// `\p{N}{1,3}`, where the first number has been read.
    func endOfNumber(from start: Int, in text: Span<UInt8>) -> Int {
        var end = start
        for _ in 0..<2 where kinds.isScalar(at: end, in: text, oneOf: .number) {
            end = kinds.scalar(at: end, in: text).end
        }
        return end
    }

    /// ` ?[^\s\p{L}\p{N}]+`, with what may follow left to the caller. `nil` if no symbol is here.
    func endOfSymbols(from start: Int, in text: Span<UInt8>) -> Int? {
        let symbols = text[start] == UInt8(ascii: " ") ? start + 1 : start
        let end = kinds.endOfRun(of: [.symbol, .mark], from: symbols, in: text)
        return end > symbols ? end : nil
    }

    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)`. `nil` if none is here, as at the end of the text.
    func endOfContraction(from start: Int, in text: Span<UInt8>) -> Int? {
        guard start + 1 < text.count, text[start] == UInt8(ascii: "'") else { return nil }
        let first = text[start + 1]
        let second = start + 2 < text.count ? text[start + 2] : 0
        switch Unicode.Scalar(first | Self.caseBit) {
        case "s", "t", "m", "d": return start + 2
        case "r" where second | Self.caseBit == UInt8(ascii: "e"),
            "v" where second | Self.caseBit == UInt8(ascii: "e"),
            "l" where second | Self.caseBit == UInt8(ascii: "l"):
            return start + 3
        default:
            return (first, second) == Self.longS ? start + 3 : nil
        }
    }

    /// What an ASCII letter's lowercase has and its uppercase has not.
    private static var caseBit: UInt8 { 0x20 }

    /// U+017F, an s where case does not matter.
    private static var longS: (UInt8, UInt8) { (0xC5, 0xBF) }
}
