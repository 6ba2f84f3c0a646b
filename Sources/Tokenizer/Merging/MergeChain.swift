/// The merging of a piece of any length, in a time that grows hardly faster than it: the merges to come wait in a queue.
struct MergeChain {
    /// A part, whose place among the links is where it starts in the piece.
    private struct Link {
        /// What this part and the next would make.
        var rank = TokenTable.noToken
        /// Where the next part starts; the piece's length after the last one.
        var next: UInt32
        /// Where the part before starts; of no meaning for the first one.
        var previous: UInt32
    }

    private let piece: Range<Int>
    private var links: [Link]
    private var waiting = MergeQueue()

    /// Of at least two bytes.
    init(_ piece: Range<Int>) {
        self.piece = piece
        links = (0..<UInt32(piece.count)).map { Link(next: $0 + 1, previous: $0 &- 1) }
    }
}

extension MergeChain {
    /// Makes every merge, the one of the lowest rank first, and of equal ranks the leftmost.
    mutating func merge(in text: Span<UInt8>, with table: borrowing TokenTable) {
        for part in links.indices.dropLast() {
            setMerge(of: part, to: table.pair(at: piece.lowerBound + part, of: text))
        }
        while let merge = waiting.popFirst() {
            // A merge whose parts have changed meanwhile is no more.
            guard links[merge.part].rank == merge.rank else { continue }
            joinWithNext(merge.part)
            setMerge(of: merge.part, to: rank(of: merge.part, in: text, with: table))
            if merge.part > 0 {
                let before = Int(links[merge.part].previous)
                setMerge(of: before, to: rank(of: before, in: text, with: table))
            }
        }
    }

    /// Calls the closure with where each part that is left starts, in order.
    func forEachPart(_ body: (Int) -> Void) {
        var part = 0
        while part < links.count {
            body(piece.lowerBound + part)
            part = Int(links[part].next)
        }
    }

    private mutating func joinWithNext(_ part: Int) {
        let gone = Int(links[part].next)
        let next = links[gone].next
        links[gone].rank = TokenTable.noToken
        links[part].next = next
        if Int(next) < links.count {
            links[Int(next)].previous = UInt32(part)
        }
    }

    private mutating func setMerge(of part: Int, to rank: TokenID) {
        links[part].rank = rank
        if rank != TokenTable.noToken {
            waiting.push(MergeQueue.Merge(rank: rank, part: part))
        }
    }

    private func rank(of part: Int, in text: Span<UInt8>, with table: borrowing TokenTable) -> TokenID {
        let next = Int(links[part].next)
        guard next < links.count else { return TokenTable.noToken }
        return table.token(piece.lowerBound + part..<piece.lowerBound + Int(links[next].next), of: text)
    }
}
