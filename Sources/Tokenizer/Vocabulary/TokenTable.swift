/// Finds tokens by their bytes, and bytes by their token.
///
/// A hash table with open addressing, of 32-bit slots: few cache lines are touched, and it is filled in a few
/// milliseconds, so that nothing but the tokens themselves need be shipped.
struct TokenTable: Sendable {
    /// The bytes of all tokens, in the order of their ids, where the program has them: no copy.
    private let file: VocabularyFile
    /// Where each token starts in the file's bytes, and where the last one ends.
    private let starts: [UInt32]
    private let longest: Int
    /// The tokens of one byte, by that byte.
    private let singles: [TokenID]
    /// The tokens of two bytes, by these: every merge starts with them.
    private let pairs: [TokenID]
    private let slots: TokenSlots

    init(_ file: VocabularyFile) {
        let lengths = file.lengths
        var starts = [UInt32](repeating: 0, count: lengths.count + 1)
        for token in lengths.indices {
            starts[token + 1] = starts[token] + UInt32(lengths[token])
        }
        precondition(Int(starts[lengths.count]) == file.bytes.count, "the vocabulary's lengths add up to its bytes")
        var filling = Filling(tokenCount: lengths.count)
        for token in lengths.indices {
            filling.insert(TokenID(token), Int(starts[token])..<Int(starts[token + 1]), of: file.bytes.span)
        }
        self.file = file
        self.starts = starts
        longest = Int(lengths.max() ?? 0)
        singles = filling.singles
        pairs = filling.pairs
        slots = filling.slots
    }

    /// How many tokens there are; their ids are those below.
    var count: Int { starts.count - 1 }

    /// The bytes of a token, which is below `count`.
    func bytes(of token: TokenID) -> Slice<UnsafeBufferPointer<UInt8>> {
        file.bytes[range(of: token)]
    }

    private func range(of token: TokenID) -> Range<Int> {
        Int(starts[Int(token)])..<Int(starts[Int(token) + 1])
    }

    /// What stands for "none": greater than every token.
    static var noToken: TokenID { .max }

    /// The token that consists of these bytes of the text, of which there is at least one.
    @inline(__always)
    func token(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID {
        switch range.count {
        case 1: singles[Int(text[range.lowerBound])]
        case 2: pair(at: range.lowerBound, of: text)
        case 3...8: shortToken(range, of: text)
        case 9...longest: longToken(range, of: text)
        default: Self.noToken
        }
    }

    /// The token that consists of the two bytes from here on.
    @inline(__always)
    func pair(at index: Int, of text: Span<UInt8>) -> TokenID {
        pairs[Int(text[index]) << 8 | Int(text[index + 1])]
    }

    private func shortToken(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID {
        let word = text.bytes.word(at: range.lowerBound, before: range.upperBound)
        return slots.first(hash: RawSpan.hash(of: word, count: range.count)) { token in
            let start = Int(starts[Int(token)])
            return Int(starts[Int(token) + 1]) - start == range.count
                && file.bytes.span.bytes.word(at: start, before: start + range.count) == word
        }
    }

    private func longToken(_ range: Range<Int>, of text: Span<UInt8>) -> TokenID {
        slots.first(hash: text.bytes.hash(of: range)) { token in
            text.bytes.matches(range, self.range(of: token), of: file.bytes.span.bytes)
        }
    }
}
