/// Bytes are hashed and compared eight at a time.
extension RawSpan {
    /// A hash whose highest and lowest bits depend on every byte.
    func hash(of range: Range<Int>) -> UInt64 {
        var hash = Self.multiplier ^ UInt64(truncatingIfNeeded: range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let word = word(at: index, before: range.upperBound)
            let product = (hash ^ word).multipliedFullWidth(by: Self.multiplier)
            hash = product.high ^ product.low
            index += Self.wordLength
        }
        return hash
    }

    /// Whether the bytes of this range are those of the other.
    func matches(_ range: Range<Int>, _ otherRange: Range<Int>, of other: RawSpan) -> Bool {
        guard range.count == otherRange.count else { return false }
        var offset = 0
        while offset < range.count {
            let word = word(at: range.lowerBound + offset, before: range.upperBound)
            let otherWord = other.word(at: otherRange.lowerBound + offset, before: otherRange.upperBound)
            guard word == otherWord else { return false }
            offset += Self.wordLength
        }
        return true
    }

    private static var wordLength: Int { 8 }
    private static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    /// The next eight bytes, with zeros in the place of those from `end` on.
    @inline(__always)
    private func word(at index: Int, before end: Int) -> UInt64 {
        let missing = Self.wordLength - (end - index)
        guard index + Self.wordLength <= byteCount else { return lastWord(at: index, before: end) }
        let word = UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
        return missing > 0 ? word & (.max >> UInt64(missing * 8)) : word
    }

    /// The same where the span has not eight bytes more.
    private func lastWord(at index: Int, before end: Int) -> UInt64 {
        var word: UInt64 = 0
        for offset in 0..<(end - index) {
            word |= UInt64(unsafeLoad(fromByteOffset: index + offset, as: UInt8.self)) << UInt64(offset * 8)
        }
        return word
    }
}
