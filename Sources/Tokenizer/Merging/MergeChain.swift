/// The merging of a piece of any length, in a time that grows hardly faster than it: the merges to come wait in a heap.
///
/// The parts are a linked list, each known by where it starts in the piece.
struct MergeChain: ~Copyable {
    private let range: Range<Int>
    /// For each part the rank of what it and the next would make.
    private var ranks: [TokenID]
    private var next: [Int]
    private var previous: [Int]
    private var waiting = MergeHeap()

    init(_ range: Range<Int>) {
        self.range = range
        ranks = Array(repeating: TokenTable.noToken, count: range.count)
        next = Array(1...range.count)
        previous = Array(-1..<range.count - 1)
    }
}

extension MergeChain {
    /// Makes every merge, the one of the lowest rank first, and of equal ranks the leftmost.
    mutating func merge(in text: Span<UInt8>, with table: borrowing TokenTable) {
        for part in 0..<range.count - 1 {
            setMerge(of: part, to: table.pair(at: range.lowerBound + part, of: text))
        }
        while let merge = waiting.popLeast() {
            // A merge whose parts have changed meanwhile is no more.
            guard ranks[merge.part] == merge.rank else { continue }
            joinWithNext(merge.part)
            setMerge(of: merge.part, to: rank(of: merge.part, in: text, with: table))
            if merge.part > 0 {
                let before = previous[merge.part]
                setMerge(of: before, to: rank(of: before, in: text, with: table))
            }
        }
    }

    /// Calls the closure with where each part that is left starts, in order.
    func forEachPart(_ body: (Int) -> Void) {
        var part = 0
        while part < range.count {
            body(range.lowerBound + part)
            part = next[part]
        }
    }

    private mutating func joinWithNext(_ part: Int) {
        let gone = next[part]
        ranks[gone] = TokenTable.noToken
        next[part] = next[gone]
        if next[gone] < range.count {
            previous[next[gone]] = part
        }
    }

    private mutating func setMerge(of part: Int, to rank: TokenID) {
        ranks[part] = rank
        if rank != TokenTable.noToken {
            waiting.push(MergeHeap.Merge(rank: rank, part: part))
        }
    }

    /// The rank of what a part and the next would make.
    private func rank(of part: Int, in text: Span<UInt8>, with table: borrowing TokenTable) -> TokenID {
        let middle = next[part]
        guard middle < range.count else { return TokenTable.noToken }
        return table.token(range.lowerBound + part..<range.lowerBound + next[middle], of: text)
    }
}
