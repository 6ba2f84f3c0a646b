/// Finds tokens by their bytes, and bytes by their token.
///
/// A hash table with open addressing, of 32-bit slots: few cache lines are touched, and it is filled in a few
/// milliseconds, so that nothing but the tokens themselves need be shipped.
struct TokenTable: Sendable {
    /// The bytes of all tokens, in the order of their ids.
    private let bytes: [UInt8]
    /// Where each token starts in `bytes`, and where the last one ends.
    private let starts: [UInt32]
    private let longest: Int
    /// The tokens of one byte, by that byte.
    private let singles: [TokenID]
    /// The tokens of two bytes, by these: every merge starts with them.
    private let pairs: [TokenID]
    private let slots: [Slot]
    private let shift: UInt64

    init(_ file: VocabularyFile) {
        let lengths = file.lengths
        let bytes = Array(file.bytes)
        var starts = [UInt32](repeating: 0, count: lengths.count + 1)
        for token in lengths.indices {
            starts[token + 1] = starts[token] + UInt32(lengths[token])
        }
        precondition(Int(starts[lengths.count]) == bytes.count, "the vocabulary's lengths add up to its bytes")
        var filling = Filling(tokenCount: lengths.count)
        for token in lengths.indices {
            filling.insert(TokenID(token), Int(starts[token])..<Int(starts[token + 1]), of: bytes.span)
        }
        self.bytes = bytes
        self.starts = starts
        longest = Int(lengths.max() ?? 0)
        singles = filling.singles
        pairs = filling.pairs
        slots = filling.slots
        shift = filling.shift
    }

    /// How many tokens there are; their ids are those below.
    var count: Int { starts.count - 1 }

    /// The bytes of a token, which is below `count`.
    func bytes(of token: TokenID) -> ArraySlice<UInt8> {
        bytes[range(of: token)]
    }

    private func range(of token: TokenID) -> Range<Int> {
        Int(starts[Int(token)])..<Int(starts[Int(token) + 1])
    }

    /// The token that consists of these bytes of the text, of which there is at least one.
    func token(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID? {
        switch range.count {
        case 1: singles[Int(text[range.lowerBound])]
        case 2: pair(at: range.lowerBound, of: text)
        case 3...longest: hashed(range, of: text)
        default: nil
        }
    }

    /// The token that consists of the two bytes from here on.
    @inline(__always)
    func pair(at index: Int, of text: Span<UInt8>) -> TokenID? {
        let token = pairs[Int(text[index]) << 8 | Int(text[index + 1])]
        return token == .max ? nil : token
    }

    /// The token of a part that merging left, which is always one.
    func partToken(_ part: Range<Int>, of text: Span<UInt8>) -> TokenID {
        guard let token = token(part, of: text) else {
            preconditionFailure("merging makes nothing but tokens")
        }
        return token
    }

    private func hashed(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID? {
        let hash = text.bytes.hash(of: range)
        var index = Int(truncatingIfNeeded: hash >> shift)
        while true {
            let slot = slots[index]
            if slot.isEmpty { return nil }
            if slot.mayHave(hash: hash), text.bytes.matches(range, self.range(of: slot.token), of: bytes.span.bytes) {
                return slot.token
            }
            index = (index + 1) & (slots.count - 1)
        }
    }
}
