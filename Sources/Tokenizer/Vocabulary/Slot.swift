/// A slot of the hash table: a token, and a few bits of its bytes' hash, which tell most other bytes from them without
/// a look at them.
struct Slot: Sendable {
    private let bits: UInt32

    private static var tokenBits: UInt32 { 18 }
    private static var tokenMask: UInt32 { 1 << tokenBits - 1 }

    static var empty: Slot { Slot(bits: .max) }

    /// How many tokens the slots can tell apart: the id above the last one would look like an empty slot.
    static var tokenLimit: Int { Int(tokenMask) }

    init(token: TokenID, hash: UInt64) {
        bits = UInt32(truncatingIfNeeded: hash) << Self.tokenBits | token
    }

    private init(bits: UInt32) {
        self.bits = bits
    }

    var isEmpty: Bool { bits == .max }

    var token: TokenID { bits & Self.tokenMask }

    /// Whether the token may be one with this hash.
    func mayHave(hash: UInt64) -> Bool {
        (bits ^ UInt32(truncatingIfNeeded: hash) << Self.tokenBits) & ~Self.tokenMask == 0
    }
}
