/// What the nearest-example model sees of a text: its words and the three-letter pieces of them, each by a hash.
enum Features {
    /// A question that carries a whole schema is compared by its end, where the question itself stands.
    static let mostBytes = 8_192

    static func of(_ text: String) -> [UInt64: Double] {
        var counts: [UInt64: Double] = [:]
        let end = Array(text.utf8.suffix(mostBytes)).map(lowercased)
        for word in end.split(whereSeparator: { !isWord($0) }) {
            counts[hash(word, seed: 1), default: 0] += 1
            guard word.count > 3 else { continue }
            for start in word.startIndex...(word.endIndex - 3) {
                counts[hash(word[start..<(start + 3)], seed: 2), default: 0] += 0.5
            }
        }
        return counts
    }

    /// FNV-1a. `Hasher` is seeded anew in each process; the same file must make the same model always.
    private static func hash(_ bytes: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return hash
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte >= 128
    }
}
