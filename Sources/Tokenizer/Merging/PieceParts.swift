/// The parts of a piece: its bytes at first, and in the end its tokens. One of these serves many pieces, one by one.
struct PieceParts {
    /// A part, which goes on to where the next one starts.
    private struct Part {
        let start: Int
        /// The token that this part and the next would make. The least is the next merge; `noToken` is above all.
        var rank: TokenID
    }

    /// The parts, and one of no length where the piece ends.
    private var parts: [Part] = []

    /// Beyond this length it takes longer to look at every part for the next merge than to keep merges sorted.
    private static var longestShortPiece: Int { 96 }
}

extension PieceParts {
    /// How many parts there are.
    var count: Int { parts.count - 1 }

    /// Calls the closure with each part, in order.
    func forEach(_ body: (Range<Int>) -> Void) {
        for index in 0..<count {
            body(parts[index].start..<parts[index + 1].start)
        }
    }

    /// Makes the parts of this piece, which has at least two bytes, and every merge, the one of the lowest rank first.
    mutating func merge(_ piece: Range<Int>, of text: Span<UInt8>, with table: borrowing TokenTable) {
        parts.removeAll(keepingCapacity: true)
        if piece.count <= Self.longestShortPiece {
            split(piece, of: text, with: table)
            let gone = mergeAll(of: text, with: table)
            parts.removeLast(gone)
        } else {
            var chain = MergeChain(piece)
            chain.merge(in: text, with: table)
            chain.forEachPart { parts.append(Part(start: $0, rank: TokenTable.noToken)) }
            parts.append(Part(start: piece.upperBound, rank: TokenTable.noToken))
        }
    }

    private mutating func split(_ piece: Range<Int>, of text: Span<UInt8>, with table: borrowing TokenTable) {
        for start in piece.dropLast() {
            parts.append(Part(start: start, rank: table.pair(at: start, of: text)))
        }
        parts.append(Part(start: piece.upperBound - 1, rank: TokenTable.noToken))
        parts.append(Part(start: piece.upperBound, rank: TokenTable.noToken))
    }

    /// Makes every merge. The result is how many entries at the end are then left over.
    private mutating func mergeAll(of text: Span<UInt8>, with table: borrowing TokenTable) -> Int {
        let countBefore = count
        var count = countBefore
        var parts = self.parts.mutableSpan
        while let index = Self.leastRank(of: parts, count) {
            // The merged part now ends where the part after the next one starts.
            parts[index].rank = Self.rank(from: index, to: index + 3, parts, count, of: text, with: table)
            if index > 0 {
                parts[index - 1].rank = Self.rank(from: index - 1, to: index + 2, parts, count, of: text, with: table)
            }
            for later in index + 1..<count {
                parts[later] = parts[later + 1]
            }
            count -= 1
        }
        return countBefore - count
    }

    private static func leastRank(of parts: borrowing MutableSpan<Part>, _ count: Int) -> Int? {
        var least = TokenTable.noToken
        var index: Int?
        for candidate in 0..<count where parts[candidate].rank < least {
            least = parts[candidate].rank
            index = candidate
        }
        return index
    }

    private static func rank(
        from first: Int, to end: Int, _ parts: borrowing MutableSpan<Part>, _ count: Int,
        of text: Span<UInt8>, with table: borrowing TokenTable
    ) -> TokenID {
        guard end <= count else { return TokenTable.noToken }
        return table.token(parts[first].start..<parts[end].start, of: text)
    }
}
