extension TokenTable {
    /// The tables by which tokens are found, while they are made.
    struct Filling {
        private(set) var singles = [TokenID](repeating: .max, count: 1 << 8)
        private(set) var pairs = [TokenID](repeating: .max, count: 1 << 16)
        private(set) var slots: [Slot]
        let shift: UInt64

        /// At least a third of the slots stays empty, so that what is no token is soon known to be none.
        init(tokenCount: Int) {
            precondition(tokenCount <= Slot.tokenLimit, "a slot holds every token")
            var slotBits: UInt64 = 1
            while 1 << slotBits < tokenCount + tokenCount / 2 {
                slotBits += 1
            }
            slots = [Slot](repeating: .empty, count: 1 << slotBits)
            shift = 64 - slotBits
        }

        mutating func insert(_ token: TokenID, _ range: Range<Int>, of bytes: Span<UInt8>) {
            switch range.count {
            case 1: singles[Int(bytes[range.lowerBound])] = token
            case 2: pairs[Int(bytes[range.lowerBound]) << 8 | Int(bytes[range.lowerBound + 1])] = token
            default: insert(token, hash: bytes.bytes.hash(of: range))
            }
        }

        private mutating func insert(_ token: TokenID, hash: UInt64) {
            var index = Int(truncatingIfNeeded: hash >> shift)
            while !slots[index].isEmpty {
                index = (index + 1) & (slots.count - 1)
            }
            slots[index] = Slot(token: token, hash: hash)
        }
    }
}
