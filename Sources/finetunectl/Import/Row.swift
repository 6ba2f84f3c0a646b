import FinetuneAPI

/// A part of a file that should hold one record: a line, an element of an array, a row of a table.
struct Row: Equatable, Sendable {
    /// The line on which it begins, from 1.
    let line: Int
    /// Its values by name, or what is wrong with it.
    let content: Result<JSONObject, RowProblem>
}

/// Why a part of a file holds no record.
struct RowProblem: Error, Hashable, Sendable {
    /// For people, without file and line.
    let reason: String
    /// Whether what follows cannot be told apart any more.
    var hidesTheRest = false
}

/// Takes text apart into rows.
protocol RowReader: Sendable {
    /// Takes the next bytes of the text and returns the rows that they complete. Bytes that do not complete one
    /// are kept. After `isLast`, nothing is kept.
    mutating func read(_ text: [UInt8], isLast: Bool) -> [Row]
}

/// The most bytes that a row may have: four times what a request line holds, so that one is never kept whole in
/// vain for long.
let maximumRowBytes = 4 << 20
