/// A 64-bit hash that is the same in every process and on every machine. It is no protection against people who look
/// for two things of one hash.
struct StableHash: Hashable {
    // FNV-1a, eight bytes at a time where there are so many, stirred at the end, since its high bits mix poorly.
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func combine(_ word: UInt64) {
        state = (state ^ word) &* 0x0000_0100_0000_01B3
        state ^= state >> 29
    }

    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        let whole = raw.count & ~7
        for offset in stride(from: 0, to: whole, by: 8) {
            combine(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        }
        for byte in raw[whole...] { combine(UInt64(byte)) }
        combine(UInt64(raw.count))
    }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine($0) }
    }

    var value: UInt64 {
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// The hash of some words in this order.
    static func of(_ words: UInt64...) -> UInt64 {
        var hash = StableHash()
        for word in words { hash.combine(word) }
        return hash.value
    }
}
