/// Reads golden records from a file's bytes, whatever its encoding and format.
struct RecordReader: Sendable {
    /// What a part of the file turned out to be.
    enum Element: Equatable, Sendable {
        case record(ImportedRecord)
        case broken(BrokenRow)

        /// The line of the file on which it begins, from 1.
        var line: Int {
            switch self {
            case .record(let record): record.line
            case .broken(let row): row.line
            }
        }

        /// Whether what follows cannot be told apart any more.
        var hidesTheRest: Bool {
            switch self {
            case .record: false
            case .broken(let row): row.problem.hidesTheRest
            }
        }
    }

    private let format: ImportFormat
    private var transcoder = TextTranscoder()
    private var start: [UInt8] = []
    private var reader: (any RowReader)?
    private var shape = RecordShape()

    init(format: ImportFormat) {
        self.format = format
    }

    /// Names that no record used.
    var unusedNames: Set<String> { shape.unusedNames }

    /// The records that the next bytes complete.
    mutating func read(_ bytes: [UInt8], isLast: Bool) -> [Element] {
        let text = transcoder.transcode(bytes, isLast: isLast)
        return rows(in: text, isLast: isLast).map { row in
            switch shape.record(of: row) {
            case .success(let record): .record(record)
            case .failure(let problem): .broken(BrokenRow(line: row.line, problem: problem))
            }
        }
    }

    private mutating func rows(in text: [UInt8], isLast: Bool) -> [Row] {
        if reader != nil { return reader?.read(text, isLast: isLast) ?? [] }
        start += text
        reader = format.reader(forTextStartingWith: start)
        defer { if reader != nil { start = [] } }
        return reader?.read(start, isLast: isLast) ?? []
    }
}
