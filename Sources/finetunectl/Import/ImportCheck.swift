/// What reading a whole file found, before anything is sent.
struct ImportCheck: Equatable, Sendable {
    /// How many parts are kept to be named; more would scroll the first off the screen.
    static let namedLimit = 20

    private(set) var records = 0
    private(set) var brokenRows = 0
    private(set) var named: [BrokenRow] = []
    /// The line from which on nothing could be read.
    private(set) var unreadableFrom: Int?

    /// Counts a part of the file.
    mutating func add(_ element: RecordReader.Element) {
        switch element {
        case .record: records += 1
        case .broken(let row): add(row)
        }
    }

    private mutating func add(_ row: BrokenRow) {
        brokenRows += 1
        if named.count < Self.namedLimit { named.append(row) }
        if row.problem.hidesTheRest { unreadableFrom = row.line }
    }

    /// The broken parts, a line each: `golden.csv:12: sql is empty`.
    func complaints(about file: String) -> [String] {
        let more = brokenRows > named.count ? ["and \((brokenRows - named.count).grouped) more"] : []
        let rest = unreadableFrom.map { ["\(file): nothing can be read from line \($0) on"] } ?? []
        return named.map { "\(file):\($0.line): \($0.problem.reason)" } + more + rest
    }

    /// Why the file cannot be imported as it is; nothing if it can.
    func obstacle(in file: String, skipsBad: Bool) -> LocalProblem? {
        if brokenRows > 0, !skipsBad {
            let count = brokenRows == 1 ? "1 record is broken" : "\(brokenRows.grouped) records are broken"
            return LocalProblem(
                messages: ["\(count); nothing was imported"] + complaints(about: file),
                remedy: "correct \(brokenRows == 1 ? "it" : "them"), or leave broken records out with --skip-bad")
        }
        guard records == 0 else { return nil }
        return LocalProblem(
            messages: ["\(file) holds no golden records"] + complaints(about: file),
            remedy: "see `finetunectl record import --help` for the formats")
    }
}
