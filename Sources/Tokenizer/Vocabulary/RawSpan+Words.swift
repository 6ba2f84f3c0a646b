/// Bytes are hashed and compared eight at a time.
extension RawSpan {
    /// A hash whose highest and lowest bits depend on every byte.
    func hash(of range: Range<Int>) -> UInt64 {
        var hash = Self.hash(of: word(at: range.lowerBound, before: range.upperBound), count: range.count)
        var index = range.lowerBound + Self.wordLength
        while index < range.upperBound {
            hash = Self.mix(hash ^ word(at: index, before: range.upperBound))
            index += Self.wordLength
        }
        return hash
    }

    /// The same of so many bytes, of which these are the first eight.
    @inline(__always)
    static func hash(of word: UInt64, count: Int) -> UInt64 {
        mix(word ^ multiplier &* UInt64(truncatingIfNeeded: count))
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    private static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }
    private static var wordLength: Int { 8 }

    /// Whether the bytes of this range are those of the other.
    func matches(_ range: Range<Int>, _ otherRange: Range<Int>, of other: RawSpan) -> Bool {
        guard range.count == otherRange.count else { return false }
        let distance = otherRange.lowerBound - range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let otherWord = other.word(at: index + distance, before: otherRange.upperBound)
            guard word(at: index, before: range.upperBound) == otherWord else { return false }
            index += Self.wordLength
        }
        return true
    }

    /// The next eight bytes, with zeros in the place of those from `end` on.
    @inline(__always)
    func word(at index: Int, before end: Int) -> UInt64 {
        guard index + Self.wordLength <= byteCount else { return lastWord(at: index, before: end) }
        let word = UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
        let missing = Self.wordLength - (end - index)
        return missing > 0 ? word & (.max >> UInt64(missing * 8)) : word
    }

    /// The same where the span has not eight bytes more.
    private func lastWord(at index: Int, before end: Int) -> UInt64 {
        var word: UInt64 = 0
        for offset in 0..<Swift.min(end - index, Self.wordLength) {
            word |= UInt64(unsafeLoad(fromByteOffset: index + offset, as: UInt8.self)) << UInt64(offset * 8)
        }
        return word
    }
}
