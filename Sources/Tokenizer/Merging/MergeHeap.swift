/// A heap of merges to come. Each node has four children, which lie in one cache line.
struct MergeHeap {
    struct Merge {
        /// The token that the merge makes.
        let rank: TokenID
        /// The left one of the two parts.
        let part: Int
    }

    /// The rank in the highest bits, the part in the others: to compare these is to compare both.
    private var keys: [UInt64] = []

    private static var partBits: UInt64 { 40 }
    private static var childCount: Int { 4 }

    mutating func push(_ merge: Merge) {
        keys.append(UInt64(merge.rank) << Self.partBits | UInt64(merge.part))
        siftUp()
    }

    /// Takes out the merge of the lowest rank, and of equal ranks that of the leftmost part.
    mutating func popLeast() -> Merge? {
        guard let least = keys.first, let last = keys.popLast() else { return nil }
        if !keys.isEmpty {
            siftDown(last)
        }
        return Merge(rank: TokenID(least >> Self.partBits), part: Int(least & (1 << Self.partBits - 1)))
    }

    /// Moves the last key to its place.
    private mutating func siftUp() {
        var keys = self.keys.mutableSpan
        var index = keys.count - 1
        let key = keys[index]
        while index > 0 {
            let parent = (index - 1) / Self.childCount
            guard keys[parent] > key else { break }
            keys[index] = keys[parent]
            index = parent
        }
        keys[index] = key
    }

    /// Puts the key into the heap instead of the first one.
    private mutating func siftDown(_ key: UInt64) {
        var keys = self.keys.mutableSpan
        var index = 0
        while let child = Self.leastChild(of: index, in: keys), keys[child] < key {
            keys[index] = keys[child]
            index = child
        }
        keys[index] = key
    }

    private static func leastChild(of index: Int, in keys: borrowing MutableSpan<UInt64>) -> Int? {
        let first = childCount * index + 1
        guard first < keys.count else { return nil }
        var least = first
        for child in first + 1..<min(first + childCount, keys.count) where keys[child] < keys[least] {
            least = child
        }
        return least
    }
}
