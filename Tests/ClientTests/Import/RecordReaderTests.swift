import FinetuneAPI
import Testing

@testable import finetunectl

/// A file's bytes, and what is to be found in them.
struct ImportCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var format = ImportFormat.auto
    let bytes: [UInt8]
    var records: [Pair] = []
    /// Lines and a part of the reason.
    var broken: [Broken] = []

    struct Pair: Equatable, Sendable {
        var line: Int
        var question: String
        var sql: String
    }

    struct Broken: Equatable, Sendable {
        var line: Int
        var reason: String
    }

    init(
        _ name: String, format: ImportFormat = .auto, _ bytes: [UInt8], records: [Pair] = [], broken: [Broken] = []
    ) {
        testDescription = name
        self.format = format
        self.bytes = bytes
        self.records = records
        self.broken = broken
    }

    init(_ name: String, format: ImportFormat = .auto, _ text: String, records: [Pair] = [], broken: [Broken] = []) {
        self.init(name, format: format, Array(text.utf8), records: records, broken: broken)
    }
}

extension ImportCase.Pair {
    static func at(_ line: Int, _ question: String = "How many?", _ sql: String = "SELECT 1") -> Self {
        Self(line: line, question: question, sql: sql)
    }
}

extension ImportCase.Broken {
    static func at(_ line: Int, _ reason: String) -> Self { Self(line: line, reason: reason) }
}

@Suite("Reading golden records from files")
struct RecordReaderTests {
    @Test("each kind of file gives its records and names what is broken", arguments: ImportCase.all)
    func readsWhole(_ file: ImportCase) {
        expect(read(file, chunk: max(1, file.bytes.count)), toMatch: file)
    }

    @Test("it does not matter where the file is cut into chunks", arguments: ImportCase.all, [1, 2, 3, 7])
    func readsInChunks(_ file: ImportCase, chunk: Int) {
        expect(read(file, chunk: chunk), toMatch: file)
    }

    @Test("a row that is longer than any request is named, and the next is read")
    func longLine() {
        let long = #"{"prompt_text":"q","sql":""# + String(repeating: "x", count: maximumRowBytes) + "\"}\n"
        let file = ImportCase(
            "long", long + Self.line, records: [.at(2)], broken: [.at(1, "is longer than 4,194,304 bytes")])
        expect(read(file, chunk: 1 << 20), toMatch: file)
    }

    @Test("names that were not used are told")
    func unusedNames() {
        var reader = RecordReader(format: .auto)
        _ = reader.read(Array("question,query,db_name,id\nHow many?,SELECT 1,shop,7\n".utf8), isLast: true)
        #expect(reader.unusedNames == ["db_name"])
    }

    @Test("metadata is read from an object and from a cell")
    func metadata() {
        let lines = #"{"question":"q","sql":"s","metadata":{"a":1}}"#
        let cells = "question,sql,metadata\nq,s,\"{\"\"a\"\":1}\"\n"
        for text in [lines, cells] {
            var reader = RecordReader(format: .auto)
            let metadata = reader.read(Array(text.utf8), isLast: true).compactMap { element in
                if case .record(let record) = element { record.metadata } else { nil }
            }
            #expect(metadata == [["a": 1]])
        }
    }

    static let line = #"{"prompt_text":"How many?","sql":"SELECT 1"}"# + "\n"

    private func read(_ file: ImportCase, chunk: Int) -> [RecordReader.Element] {
        var reader = RecordReader(format: file.format)
        var elements: [RecordReader.Element] = []
        for start in stride(from: 0, to: file.bytes.count, by: chunk) {
            elements += reader.read(Array(file.bytes[start..<min(start + chunk, file.bytes.count)]), isLast: false)
        }
        return elements + reader.read([], isLast: true)
    }

    private func expect(_ elements: [RecordReader.Element], toMatch file: ImportCase) {
        var records: [ImportCase.Pair] = []
        var broken: [BrokenRow] = []
        for element in elements {
            switch element {
            case .record(let record):
                records.append(.init(line: record.line, question: record.promptText, sql: record.sql))
            case .broken(let row): broken.append(row)
            }
        }
        #expect(records == file.records)
        #expect(broken.map(\.line) == file.broken.map(\.line))
        for (found, expected) in zip(broken, file.broken) {
            #expect(found.problem.reason.contains(expected.reason))
        }
    }
}
