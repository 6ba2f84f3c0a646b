/// A binary heap of merges to come.
struct MergeHeap {
    struct Merge {
        /// The token that the merge makes.
        let rank: TokenID
        /// The left one of the two parts.
        let part: Int
    }

    /// A rank in the upper half, the part in the lower: to compare these is to compare both.
    private var keys: [UInt64] = []

    mutating func push(_ merge: Merge) {
        keys.append(UInt64(merge.rank) << 32 | UInt64(merge.part))
        siftUp(from: keys.count - 1)
    }

    /// Takes out the merge of the lowest rank, and of equal ranks that of the leftmost part.
    mutating func popLeast() -> Merge? {
        guard let least = keys.first else { return nil }
        let last = keys.removeLast()
        if !keys.isEmpty {
            keys[0] = last
            siftDown()
        }
        return Merge(rank: TokenID(least >> 32), part: Int(least & 0xFFFF_FFFF))
    }

    private mutating func siftUp(from start: Int) {
        let key = keys[start]
        var index = start
        while index > 0, keys[(index - 1) / 2] > key {
            keys[index] = keys[(index - 1) / 2]
            index = (index - 1) / 2
        }
        keys[index] = key
    }

    private mutating func siftDown() {
        let key = keys[0]
        var index = 0
        while var child = leastChild(of: index), keys[child] < key {
            keys[index] = keys[child]
            swap(&index, &child)
        }
        keys[index] = key
    }

    private func leastChild(of index: Int) -> Int? {
        let left = 2 * index + 1
        guard left < keys.count else { return nil }
        return left + 1 < keys.count && keys[left + 1] < keys[left] ? left + 1 : left
    }
}
