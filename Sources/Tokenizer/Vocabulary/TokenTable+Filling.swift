extension TokenTable {
    /// The tables by which tokens are found, while they are made.
    struct Filling {
        private(set) var singles = [TokenID](repeating: noToken, count: 1 << 8)
        private(set) var pairs = [TokenID](repeating: noToken, count: 1 << 16)
        private(set) var slots: TokenSlots

        init(tokenCount: Int) {
            slots = TokenSlots(tokenCount: tokenCount)
        }

        mutating func insert(_ token: TokenID, _ range: Range<Int>, of bytes: Span<UInt8>) {
            switch range.count {
            case 1: singles[Int(bytes[range.lowerBound])] = token
            case 2: pairs[Int(bytes[range.lowerBound]) << 8 | Int(bytes[range.lowerBound + 1])] = token
            default: slots.insert(token, hash: bytes.bytes.hash(of: range))
            }
        }
    }
}
