/// A binary heap of ranks, each with the line of its merges.
struct RankHeap {
    struct Entry {
        let rank: TokenID
        let line: Int
    }

    /// The rank in the highest bits, the line in the others: to compare these is to compare ranks, which differ.
    private var keys: [UInt64] = []

    private static var lineBits: UInt64 { 32 }

    /// The entry of the lowest rank.
    var least: Entry? {
        keys.first.map { key in
            Entry(rank: TokenID(key >> Self.lineBits), line: Int(key & (1 << Self.lineBits - 1)))
        }
    }

    mutating func push(_ entry: Entry) {
        let key = UInt64(entry.rank) << Self.lineBits | UInt64(entry.line)
        keys.append(key)
        var index = keys.count - 1
        while index > 0, keys[(index - 1) / 2] > key {
            keys[index] = keys[(index - 1) / 2]
            index = (index - 1) / 2
        }
        keys[index] = key
    }

    /// Takes out the entry of the lowest rank; there must be one.
    mutating func removeLeast() {
        let key = keys.removeLast()
        guard !keys.isEmpty else { return }
        var index = 0
        while let child = leastChild(of: index), keys[child] < key {
            keys[index] = keys[child]
            index = child
        }
        keys[index] = key
    }

    private func leastChild(of index: Int) -> Int? {
        let first = 2 * index + 1
        guard first < keys.count else { return nil }
        return first + 1 < keys.count && keys[first + 1] < keys[first] ? first + 1 : first
    }
}
