/// The merges to come: that of the lowest rank first, and of equal ranks the leftmost.
///
/// Merges of one rank stand in a line of their own. A text is merged from the left, so most lines are in order as they
/// grow, and a merge takes the same time however long the piece is; only the ranks that wait, which are few even in a
/// hostile text, are kept in a heap.
struct MergeQueue {
    struct Merge {
        /// The token that the merge makes.
        let rank: TokenID
        /// The left one of the two parts.
        let part: Int
    }

    private var lines: [MergeLine] = []
    private var lineOfRank = RankPlaces()
    /// The lines that are not empty.
    private var waiting = RankHeap()

    mutating func push(_ merge: Merge) {
        let line = lineOfRank.place(of: merge.rank, orNew: lines.count)
        if line == lines.count { lines.append(MergeLine()) }
        if lines[line].isEmpty { waiting.push(RankHeap.Entry(rank: merge.rank, line: line)) }
        lines[line].append(merge.part)
    }

    /// Takes out the first merge.
    mutating func popFirst() -> Merge? {
        guard let least = waiting.least else { return nil }
        let part = lines[least.line].popFirst()
        if lines[least.line].isEmpty { waiting.removeLeast() }
        return Merge(rank: least.rank, part: part)
    }
}

/// Where the merges of one rank are to be made.
private struct MergeLine {
    private var parts: [UInt32] = []
    /// How many at the start are gone.
    private var taken = 0
    private var isInOrder = true

    var isEmpty: Bool { parts.isEmpty }

    mutating func append(_ part: Int) {
        let part = UInt32(part)
        if let last = parts.last, last > part { isInOrder = false }
        parts.append(part)
    }

    /// Takes out the leftmost; there must be one.
    mutating func popFirst() -> Int {
        if !isInOrder { putInOrder() }
        let part = parts[taken]
        taken += 1
        if taken == parts.count {
            parts.removeAll(keepingCapacity: true)
            taken = 0
        }
        return Int(part)
    }

    // Once a merge of this rank is made, none is added before all are: what comes of it is longer. So this is done once
    // for many, and what is sorted are a few rows that are in order already.
    private mutating func putInOrder() {
        parts.removeFirst(taken)
        taken = 0
        parts.sort()
        isInOrder = true
    }
}
