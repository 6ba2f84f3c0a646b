/// A hash table with open addressing.
struct TokenSlots: Sendable {
    private var slots: [Slot]
    private let shift: UInt64

    /// At least a third of the slots stays empty, so that what is no token is soon known to be none.
    init(tokenCount: Int) {
        precondition(tokenCount <= Slot.tokenLimit, "a slot holds every token")
        var bits: UInt64 = 1
        while 1 << bits < tokenCount + tokenCount / 2 {
            bits += 1
        }
        slots = [Slot](repeating: .empty, count: 1 << bits)
        shift = 64 - bits
    }

    mutating func insert(_ token: TokenID, hash: UInt64) {
        var index = Int(truncatingIfNeeded: hash >> shift)
        while !slots[index].isEmpty {
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = Slot(token: token, hash: hash)
    }

    /// The token of this hash that the closure accepts.
    @inline(__always)
    func first(hash: UInt64, where isWanted: (TokenID) -> Bool) -> TokenID {
        var index = Int(truncatingIfNeeded: hash >> shift)
        while !slots[index].isEmpty {
            if slots[index].mayHave(hash: hash), isWanted(slots[index].token) {
                return slots[index].token
            }
            index = (index + 1) & (slots.count - 1)
        }
        return TokenTable.noToken
    }
}
