import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("Writing golden records to files")
struct ExportFormatTests {
    static let pairs = [
        ("How many?", "SELECT 1"), ("With \"quotes\", commas; and\nlines", "SELECT 'a\tb'\nFROM \"t\""),
        (" leading space", "SELECT '🙂', 'ß'"),
    ]

    @Test("what is exported is imported again unchanged", arguments: ExportFormat.allCases)
    func roundTrip(_ format: ExportFormat) {
        let records = Self.pairs.map { GoldenRecord.sample(question: $0.0, sql: $0.1, metadata: ["n": "x,\"y\""]) }
        let lines = records.enumerated().map { format.text(of: $1, isFirst: $0 == 0) }
        let text = format.opening + lines.joined() + format.closing
        var reader = RecordReader(format: .auto)
        let imported = reader.read(Array(text.utf8), isLast: true).map { element -> ImportedRecord? in
            if case .record(let record) = element { record } else { nil }
        }
        #expect(imported.map { $0?.promptText } == Self.pairs.map(\.0))
        #expect(imported.map { $0?.sql } == Self.pairs.map(\.1))
        #expect(imported.allSatisfy { $0?.metadata == ["n": "x,\"y\""] })
    }

    @Test("no records make a file that is whole", arguments: ExportFormat.allCases)
    func empty(_ format: ExportFormat) {
        var reader = RecordReader(format: .auto)
        #expect(reader.read(Array((format.opening + format.closing).utf8), isLast: true) == [])
    }
}

extension GoldenRecord {
    /// A record whose unimportant fields are filled in.
    static func sample(
        number: UInt64 = 1, question: String = "How many?", sql: String = "SELECT 1", metadata: JSONValue? = nil,
        check: RecordCheck = RecordCheck(status: .valid, reason: nil)
    ) -> GoldenRecord {
        GoldenRecord(
            id: ObjectID(seconds: 7, suffix: number), databaseConnection: ObjectID(seconds: 1, suffix: 1),
            promptText: question, sql: sql, metadata: metadata, createdAt: Timestamp(microseconds: 0),
            updatedAt: Timestamp(microseconds: 0), check: check)
    }
}
