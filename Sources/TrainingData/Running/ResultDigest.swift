/// Tells whether two results hold the same rows, whatever the order and names of their columns: the measure of
/// execution accuracy.
///
/// Two results that are the same always have equal digests. The other way round there is a chance of one in about
/// 2^60 that different ones do too, and there are contrived tables, with a symmetry in every row and column, that the
/// method cannot tell apart (those which colour refinement cannot: see `ResultCells`).
package struct ResultDigest: Hashable, Sendable {
    private let shape: UInt64
    private let unordered: UInt64
    private let ordered: UInt64

    init(shape: UInt64, unordered: UInt64, ordered: UInt64) {
        self.shape = shape
        self.unordered = unordered
        self.ordered = ordered
    }

    /// Whether the results hold the same rows, as often each; in the same order too if that is asked for.
    package func equals(_ other: ResultDigest, inOrder: Bool) -> Bool {
        shape == other.shape && (inOrder ? ordered == other.ordered : unordered == other.unordered)
    }
}

extension ResultDigest {
    /// 48 hexadecimal digits, to be kept.
    package var text: String {
        [shape, unordered, ordered].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Reads what `text` wrote; `nil` for anything else.
    package init?(text: String) {
        guard text.utf8.count == 48 else { return nil }
        var rest = text[...]
        var words: [UInt64] = []
        while !rest.isEmpty {
            guard let word = UInt64(rest.prefix(16), radix: 16) else { return nil }
            words.append(word)
            rest = rest.dropFirst(16)
        }
        self.init(shape: words[0], unordered: words[1], ordered: words[2])
    }
}

/// The cells of a result as hashes, of which its digest is made: eight bytes each.
///
/// A result is seen as a graph: a vertex for every row and every column, and between them edges marked with the
/// cells. Rows and columns get colours, at first all the same, or in an ordered result each row its number. Each round
/// a row's colour becomes a hash of the cells in it and the colours of their columns, in no order, and a column's
/// likewise. So whatever order the columns, or the rows, come in, the colours in the end are the same.
struct ResultCells {
    private let columnCount: Int
    private var cells: [UInt64] = []
    /// How many rows were added.
    private(set) var rowCount = 0
    /// Whether there was no value but NULL.
    private(set) var holdNoValue = true

    private static let rounds = 3

    init(columnCount: Int) {
        self.columnCount = columnCount
    }

    mutating func add(_ row: [QueryValue]) {
        rowCount += 1
        for value in row {
            holdNoValue = holdNoValue && value == .null
            cells.append(value.comparisonHash)
        }
    }

    var digest: ResultDigest {
        ResultDigest(
            shape: StableHash.of(UInt64(rowCount), UInt64(columnCount)), unordered: colour(inOrder: false),
            ordered: colour(inOrder: true))
    }

    private func colour(inOrder: Bool) -> UInt64 {
        var rows = (0..<rowCount).map { inOrder ? UInt64($0) : 0 }
        var columns = [UInt64](repeating: 0, count: columnCount)
        for _ in 0..<Self.rounds {
            refine(&columns, by: rows) { row, column in (column, row) }
            refine(&rows, by: columns) { row, column in (row, column) }
        }
        // Sums do not depend on the order of what is summed, and the colours are hashes already.
        return StableHash.of(rows.reduce(0, &+), columns.reduce(0, &+))
    }

    private func refine(
        _ colours: inout [UInt64], by others: [UInt64], _ ends: (_ row: Int, _ column: Int) -> (own: Int, other: Int)
    ) {
        var sums = [UInt64](repeating: 0, count: colours.count)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                let (own, other) = ends(row, column)
                sums[own] &+= StableHash.of(cells[row * columnCount + column], others[other])
            }
        }
        for place in colours.indices { colours[place] = StableHash.of(colours[place], sums[place]) }
    }
}

extension QueryValue {
    /// A hash that is equal for values which count as the same in a result: an integer and the real of its value, and
    /// reals that differ by no more than what summing in another order changes.
    fileprivate var comparisonHash: UInt64 {
        var hash = StableHash()
        switch self {
        case .null: hash.combine(0)
        case .integer(let value):
            hash.combine(1)
            hash.combine(UInt64(bitPattern: value))
        case .real(let value): return value.comparisonHash
        case .text(let text):
            hash.combine(3)
            hash.combine(text)
        case .blob(let bytes):
            hash.combine(4)
            bytes.withUnsafeBufferPointer { hash.combine($0) }
        }
        return hash.value
    }
}

extension Double {
    // 33 bits are ten decimal digits.
    private static let droppedBits: UInt64 = 20

    fileprivate var comparisonHash: UInt64 {
        if let integer = Int64(exactly: self) { return QueryValue.integer(integer).comparisonHash }
        let half: UInt64 = 1 << (Self.droppedBits - 1)
        let rounded = Double(bitPattern: (bitPattern &+ half) & ~(2 * half - 1))
        if let integer = Int64(exactly: rounded) { return QueryValue.integer(integer).comparisonHash }
        return StableHash.of(2, rounded.bitPattern)
    }
}
