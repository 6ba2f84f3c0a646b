/// Takes delimited text apart into rows of cells (RFC 4180, with any delimiter).
///
/// Rows end with LF, CRLF or CR. A cell in double quotes may hold delimiters, doubled quotes and line ends, of
/// which CRLF becomes LF.
struct DelimitedRowScanner: Sendable {
    /// The cells of one row, or what is wrong with it.
    struct Scanned: Equatable, Sendable {
        let line: Int
        let cells: Result<[[UInt8]], RowProblem>

        /// Whether it is an empty line.
        var isBlank: Bool {
            if case .success(let cells) = cells { cells == [[]] } else { false }
        }
    }

    private enum Place {
        case cellStart
        case bare
        case quoted
        /// After a quote within quotes: the cell's end, or the first half of a doubled quote.
        case afterQuote
        /// Within a row that is broken, up to its end.
        case skipping
    }

    private let delimiter: UInt8
    private var place = Place.cellStart
    private var cell: [UInt8] = []
    private var cells: [[UInt8]] = []
    private var rowBytes = 0
    private var problem: RowProblem?
    private var line: Int
    private var rowLine: Int
    private var lastWasReturn = false

    init(delimiter: UInt8, firstLine: Int = 1) {
        self.delimiter = delimiter
        line = firstLine
        rowLine = firstLine
    }

    /// Takes one byte; returns the row that it ends.
    mutating func take(_ byte: UInt8) -> Scanned? {
        defer { lastWasReturn = byte == UInt8(ascii: "\r") }
        if byte == UInt8(ascii: "\n"), lastWasReturn {
            // The second half of CRLF: the first has ended the row, or the line within the cell.
            return nil
        }
        let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        if isLineEnd { line += 1 }
        if isLineEnd, !isQuoted { return endRow() }
        takeWithinRow(isLineEnd ? UInt8(ascii: "\n") : byte)
        return nil
    }

    /// The row that the text's end ends, if it lacks a line end.
    mutating func finish() -> Scanned? {
        if isQuoted {
            problem = RowProblem(reason: "a quoted cell is never closed: the file is cut off, or a quote is too many")
        }
        let isEmpty = cells.isEmpty && cell.isEmpty && problem == nil && !isAfterQuote
        return isEmpty ? nil : endRow()
    }

    private var isQuoted: Bool { if case .quoted = place { true } else { false } }
    private var isAfterQuote: Bool { if case .afterQuote = place { true } else { false } }

    private mutating func takeWithinRow(_ byte: UInt8) {
        rowBytes += 1
        if rowBytes > maximumRowBytes, problem == nil {
            // Without an end of the quotes nobody can tell where the next row begins.
            problem = RowProblem(reason: BrokenText.tooLong, hidesTheRest: isQuoted)
            cell = []
            cells = []
        }
        switch (place, byte) {
        case (.skipping, _): break
        case (.cellStart, UInt8(ascii: "\"")), (.afterQuote, UInt8(ascii: "\"")):
            if isAfterQuote { append(byte) }
            place = .quoted
        case (.quoted, UInt8(ascii: "\"")): place = .afterQuote
        case (.cellStart, delimiter), (.bare, delimiter), (.afterQuote, delimiter): endCell()
        case (.afterQuote, UInt8(ascii: " ")): break
        case (.afterQuote, _):
            problem = problem ?? RowProblem(reason: "text follows the closing quote of cell \(cells.count + 1)")
            place = .skipping
        case (.cellStart, _), (.bare, _):
            place = .bare
            append(byte)
        case (.quoted, _): append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        if problem == nil { cell.append(byte) }
    }

    private mutating func endCell() {
        cells.append(cell)
        cell.removeAll(keepingCapacity: true)
        place = .cellStart
    }

    private mutating func endRow() -> Scanned {
        endCell()
        let scanned = Scanned(line: rowLine, cells: problem.map { .failure($0) } ?? .success(cells))
        cells = []
        problem = nil
        rowBytes = 0
        rowLine = line
        return scanned
    }
}
