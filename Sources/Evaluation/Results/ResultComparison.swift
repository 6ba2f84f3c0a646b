/// Whether two results of queries hold the same: the same rows, whatever the order and the names of the columns.
///
/// The rows may be in any order too, unless the golden SQL orders them. Rows count as often as they occur.
package struct ResultComparison<Cell: Hashable> {
    /// More tries than results of any real query need; only such as are made to be hard need more.
    private static var mostTries: Int { 10_000 }

    private let golden: Columns
    private let other: Columns
    private let isOrdered: Bool
    private var tries = 0

    /// Compares two results, each given by its rows, in each of which every column has a cell.
    package static func isSame(_ golden: [[Cell]], as other: [[Cell]], inOrder isOrdered: Bool) -> Bool {
        guard golden.count == other.count else { return false }
        guard let first = golden.first else { return true }
        guard first.count == other[0].count else { return false }
        var numbers = Numbering<Cell>()
        var comparison = ResultComparison(
            golden: Columns(golden, &numbers), other: Columns(other, &numbers), isOrdered: isOrdered)
        return comparison.canMatch(
            from: 0, without: [], golden: RowClasses(count: golden.count), other: RowClasses(count: other.count))
    }

    private init(golden: Columns, other: Columns, isOrdered: Bool) {
        self.golden = golden
        self.other = other
        self.isOrdered = isOrdered
    }

    // Goes through the golden columns; each takes one of the other's columns that was not taken, such that the rows
    // still agree as far as these columns tell.
    private mutating func canMatch(
        from index: Int, without taken: Set<Int>, golden goldenClasses: RowClasses, other otherClasses: RowClasses
    ) -> Bool {
        guard index < golden.columns.count else { return true }
        var seen: Set<[Int]> = []
        for candidate in other.columns.indices where !taken.contains(candidate) {
            // Of two columns with the same cells in the same rows, one is as good as the other.
            guard seen.insert(other.columns[candidate]).inserted else { continue }
            guard tries < Self.mostTries else { return false }
            tries += 1
            var numbers = Numbering<RowClasses.Pair>()
            let refinedGolden = goldenClasses.refined(by: golden.columns[index], &numbers)
            let refinedOther = otherClasses.refined(by: other.columns[candidate], &numbers)
            guard refinedGolden.agrees(with: refinedOther, inOrder: isOrdered) else { continue }
            if canMatch(
                from: index + 1, without: taken.union([candidate]), golden: refinedGolden, other: refinedOther)
            {
                return true
            }
        }
        return false
    }

    /// A result, column by column, with a number for each different cell.
    private struct Columns {
        let columns: [[Int]]

        init(_ rows: [[Cell]], _ numbers: inout Numbering<Cell>) {
            columns = rows[0].indices.map { column in rows.map { numbers.number(of: $0[column]) } }
        }
    }
}

/// Which rows are alike, as far as some columns tell.
private struct RowClasses {
    struct Pair: Hashable {
        let rowClass: Int
        let cell: Int
    }

    private let numbers: [Int]

    init(count: Int) {
        numbers = Array(repeating: 0, count: count)
    }

    private init(numbers: [Int]) {
        self.numbers = numbers
    }

    func refined(by column: [Int], _ numbering: inout Numbering<Pair>) -> RowClasses {
        RowClasses(
            numbers: zip(numbers, column).map { numbering.number(of: Pair(rowClass: $0, cell: $1)) })
    }

    func agrees(with other: RowClasses, inOrder isOrdered: Bool) -> Bool {
        isOrdered ? numbers == other.numbers : numbers.sorted() == other.numbers.sorted()
    }
}

/// Gives equal values the same number.
private struct Numbering<Value: Hashable> {
    private var numbers: [Value: Int] = [:]

    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = numbers.count
        return numbers.count - 1
    }
}
