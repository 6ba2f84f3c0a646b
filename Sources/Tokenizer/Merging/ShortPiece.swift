/// The merging of a piece so short that to look at every pair for the next merge is quicker than to keep them sorted.
///
/// The parts are a linked list, each known by where it starts in the piece.
struct ShortPiece {
    static var longest: Int { 64 }

    private let range: Range<Int>
    /// For each part the rank of what it and the next would make, with the part itself in the lowest bits: the least
    /// is the next merge, and of equal ranks the leftmost.
    private var merges = InlineArray<64, UInt32>(repeating: .max)
    private var next = InlineArray<64, UInt8>(repeating: 0)
    private var previous = InlineArray<64, UInt8>(repeating: 0)
    private(set) var partCount: Int

    init(_ range: Range<Int>) {
        self.range = range
        partCount = range.count
    }

    private static var partBits: UInt32 { 6 }
    private static var partMask: UInt32 { 1 << partBits - 1 }
}

extension ShortPiece {
    /// Makes every merge, the one of the lowest rank first.
    mutating func merge(in text: Span<UInt8>, with table: borrowing TokenTable) {
        for part in 0..<range.count {
            next[part] = UInt8(part + 1)
            previous[part] = UInt8(truncatingIfNeeded: part - 1)
        }
        for part in 0..<range.count - 1 {
            setMerge(of: part, to: table.pair(at: range.lowerBound + part, of: text))
        }
        while let part = leastMerge() {
            joinWithNext(part)
            setMerge(of: part, to: rank(of: part, in: text, with: table))
            if part > 0 {
                let before = Int(previous[part])
                setMerge(of: before, to: rank(of: before, in: text, with: table))
            }
        }
    }

    /// The parts that are left.
    func forEachPart(_ body: (Range<Int>) -> Void) {
        var part = 0
        while part < range.count {
            let end = Int(next[part])
            body(range.lowerBound + part..<range.lowerBound + end)
            part = end
        }
    }

    private func leastMerge() -> Int? {
        var least = UInt32.max
        for part in 0..<range.count {
            least = min(least, merges[part])
        }
        return least == .max ? nil : Int(least & Self.partMask)
    }

    private mutating func joinWithNext(_ part: Int) {
        let gone = Int(next[part])
        let after = next[gone]
        merges[gone] = .max
        next[part] = after
        if Int(after) < range.count {
            previous[Int(after)] = UInt8(part)
        }
        partCount -= 1
    }

    private mutating func setMerge(of part: Int, to rank: TokenID?) {
        merges[part] = rank.map { $0 << Self.partBits | UInt32(part) } ?? .max
    }

    /// The rank of what a part and the next would make.
    private func rank(of part: Int, in text: Span<UInt8>, with table: borrowing TokenTable) -> TokenID? {
        let middle = Int(next[part])
        guard middle < range.count else { return nil }
        return table.token(range.lowerBound + part..<range.lowerBound + Int(next[middle]), of: text)
    }
}
