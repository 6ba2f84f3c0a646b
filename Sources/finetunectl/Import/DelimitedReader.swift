import FinetuneAPI

/// Reads CSV, TSV and their kin: names in the first row, a record in each row after it.
struct DelimitedReader: RowReader {
    private enum Stage {
        /// The first line is not complete.
        case firstLine([UInt8])
        case heading(DelimitedRowScanner)
        case rows(DelimitedRowScanner, names: [String])
        case lost
    }

    private let delimiter: UInt8?
    private var stage = Stage.firstLine([])
    private var rows: [Row] = []

    /// `delimiter` is found from the first line where it is left out.
    init(delimiter: UInt8? = nil) {
        self.delimiter = delimiter
    }

    mutating func read(_ text: [UInt8], isLast: Bool) -> [Row] {
        take(text, isLast: isLast)
        defer { rows = [] }
        return rows
    }

    private mutating func take(_ text: [UInt8], isLast: Bool) {
        switch stage {
        case .firstLine(let start): takeFirstLine(start + text, isLast: isLast)
        case .heading(let scanner): takeHeading(text[...], scanner, isLast: isLast)
        case .rows(let scanner, let names):
            stage = .lost
            takeRows(text[...], scanner, names, isLast: isLast)
        case .lost: break
        }
    }

    private mutating func takeFirstLine(_ text: [UInt8], isLast: Bool) {
        guard isLast || DelimitedDialect.hasFirstLine(text) || text.count > maximumRowBytes else {
            stage = .firstLine(text)
            return
        }
        let dialect = DelimitedDialect(firstLineOf: text, delimiter: delimiter)
        let scanner = DelimitedRowScanner(delimiter: dialect.delimiter, firstLine: dialect.headingLine)
        takeHeading(text[dialect.headingOffset...], scanner, isLast: isLast)
    }

    private mutating func takeHeading(_ text: ArraySlice<UInt8>, _ scanner: DelimitedRowScanner, isLast: Bool) {
        var scanner = scanner
        for place in text.indices {
            guard let row = scanner.take(text[place]), !row.isBlank else { continue }
            guard let names = names(of: row) else { return }
            return takeRows(text[(place + 1)...], scanner, names, isLast: isLast)
        }
        stage = .heading(scanner)
        if isLast, let row = scanner.finish() {
            _ = names(of: row)
        }
    }

    /// The heading's names; nothing, and the rest is lost, if they do not do.
    private mutating func names(of heading: DelimitedRowScanner.Scanned) -> [String]? {
        switch heading.cells.flatMap(Self.texts) {
        case .success(let names):
            switch RecordColumns.found(among: names) {
            case .success: return names.map(RecordColumns.normalized)
            case .failure(let problem): lose(problem.reason, at: heading.line)
            }
        case .failure(let problem): lose("in the heading: \(problem.reason)", at: heading.line)
        }
        return nil
    }

    private mutating func takeRows(
        _ text: ArraySlice<UInt8>, _ scanner: DelimitedRowScanner, _ names: [String], isLast: Bool
    ) {
        var scanner = scanner
        for byte in text {
            guard let row = scanner.take(byte) else { continue }
            add(row, names)
            if rows.last?.hidesTheRest == true { return }
        }
        if isLast, let row = scanner.finish() {
            add(row, names)
        }
        stage = .rows(scanner, names: names)
    }

    private mutating func add(_ row: DelimitedRowScanner.Scanned, _ names: [String]) {
        if row.isBlank { return }
        let content = row.cells.flatMap { cells in
            cells.count == names.count
                ? Self.texts(cells).map { Self.object(names, $0) }
                : .failure(
                    RowProblem(reason: "has \(cells.count.counting("cell")) where the heading has \(names.count)"))
        }
        rows.append(Row(line: row.line, content: content))
    }

    private mutating func lose(_ reason: String, at line: Int) {
        rows.append(Row(line: line, content: .failure(RowProblem(reason: reason, hidesTheRest: true))))
        stage = .lost
    }

    private static func texts(_ cells: [[UInt8]]) -> Result<[String], RowProblem> {
        var texts: [String] = []
        for cell in cells {
            switch BrokenText.text(cell) {
            case .success(let text): texts.append(text)
            case .failure(let problem): return .failure(problem)
            }
        }
        return .success(texts)
    }

    private static func object(_ names: [String], _ texts: [String]) -> JSONObject {
        var object = JSONObject()
        for (name, text) in zip(names, texts) where object[name] == nil {
            object[name] = .string(text)
        }
        return object
    }
}

extension Row {
    fileprivate var hidesTheRest: Bool {
        if case .failure(let problem) = content { problem.hidesTheRest } else { false }
    }
}
