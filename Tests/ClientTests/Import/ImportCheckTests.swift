import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("What an import does with what it found")
struct ImportCheckTests {
    private func check(broken: Int, records: Int, hidesTheRest: Bool = false) -> ImportCheck {
        var check = ImportCheck()
        for line in 0..<records {
            check.add(.record(ImportedRecord(line: line + 1, promptText: "q", sql: "s", metadata: nil)))
        }
        for line in 0..<broken {
            let problem = RowProblem(reason: "sql is empty", hidesTheRest: hidesTheRest)
            check.add(.broken(BrokenRow(line: records + line + 1, problem: problem)))
        }
        return check
    }

    @Test("a broken record stops the import, named by file, line and reason")
    func brokenRecord() throws {
        let obstacle = try #require(check(broken: 1, records: 2).obstacle(in: "a.csv", skipsBad: false))
        #expect(obstacle.messages == ["1 record is broken; nothing was imported", "a.csv:3: sql is empty"])
        #expect(obstacle.remedy == "correct it, or leave broken records out with --skip-bad")
    }

    @Test("with --skip-bad the others go in")
    func skipBad() {
        #expect(check(broken: 1, records: 2).obstacle(in: "a.csv", skipsBad: true) == nil)
    }

    @Test("of many broken records the first are named, the others counted")
    func manyBroken() {
        let complaints = check(broken: 1_500, records: 0).complaints(about: "a.csv")
        #expect(complaints.count == 21)
        #expect(complaints.last == "and 1,480 more")
    }

    @Test("it is told from where on nothing could be read")
    func unreadableRest() {
        let complaints = check(broken: 1, records: 4, hidesTheRest: true).complaints(about: "a.csv")
        #expect(complaints.last == "a.csv: nothing can be read from line 5 on")
    }

    @Test("a file without records is no success")
    func noRecords() {
        let obstacle = check(broken: 0, records: 0).obstacle(in: "a.csv", skipsBad: true)
        #expect(obstacle?.messages == ["a.csv holds no golden records"])
    }

    @Test("the outcome counts checks and names what stays out of training")
    func outcome() {
        var outcome = ImportOutcome()
        outcome.add(.fixture(1...2, invalid: [0]), lines: [9, 10])
        outcome.add(.fixture(3...3, invalid: [0]), lines: [4])
        #expect(
            outcome.text(file: "a.csv", skipped: 2) == """
                imported 3 golden records (1 valid, 2 invalid)
                left out 2 broken records
                invalid records stay out of training until their SQL is corrected (finetunectl record update):
                  a.csv:4: 000000000000000000000003: no such table: x
                  a.csv:9: 000000000000000000000001: no such table: x

                """)
        #expect(outcome.json(skipped: 2)["checks"] == ["valid": 1, "invalid": 2, "unchecked": 0])
        #expect(outcome.json(skipped: 2)["skipped"] == 2)
    }
}

extension ImportedRecords {
    /// Records of these numbers, some of them invalid.
    fileprivate static func fixture(_ numbers: ClosedRange<UInt64>, invalid places: [Int]) -> ImportedRecords {
        let ids = numbers.map { ObjectID(seconds: 0, suffix: $0) }
        return ImportedRecords(
            imported: ids.count, first: ids[0], last: ids[ids.count - 1],
            checks: CheckCounts(valid: ids.count - places.count, invalid: places.count),
            invalid: places.map { InvalidRecord(index: $0, id: ids[$0], reason: "no such table: x") })
    }
}

@Suite("Gathering records into requests")
struct RecordBatcherTests {
    private let connection = ObjectID(seconds: 1, suffix: 2)

    private func record(_ line: Int, sql: String = "SELECT 1") -> ImportedRecord {
        ImportedRecord(line: line, promptText: "How many?", sql: sql, metadata: nil)
    }

    private func batches(of records: [ImportedRecord], maximumRecords: Int, lineBytes: Int) -> [RecordBatch] {
        var batcher = RecordBatcher(connection: connection, maximumRecords: maximumRecords, lineBytes: lineBytes)
        let full = records.compactMap { batcher.add($0) }
        return full + [batcher.flush()].compactMap(\.self)
    }

    @Test("a batch has no more records than are allowed, and knows their lines")
    func records() {
        let batches = batches(of: (1...5).map { record($0) }, maximumRecords: 2, lineBytes: 1 << 20)
        #expect(batches.map(\.lines) == [[1, 2], [3, 4], [5]])
    }

    @Test("a batch's request fits the daemon's line, escapes included", arguments: [1_000, 2_000, 10_000])
    func bytes(lineBytes: Int) {
        let records = (1...200).map { record($0, sql: String(repeating: "\"\n", count: $0 % 20)) }
        let batches = batches(of: records, maximumRecords: 1_000, lineBytes: lineBytes)
        #expect(batches.flatMap(\.lines) == Array(1...200))
        for batch in batches {
            let request = Request(id: .integer(.max), method: .post, path: "/api/v1/golden-records/import")
            #expect(request.line(withBody: batch.body).count <= lineBytes)
        }
    }

    @Test("a record that fits no request is named")
    func tooLong() {
        let batcher = RecordBatcher(connection: connection, maximumRecords: 10, lineBytes: 1_000)
        #expect(batcher.obstacle(to: record(1)) == nil)
        #expect(batcher.obstacle(to: record(1, sql: String(repeating: "x", count: 700))) != nil)
        #expect(batcher.obstacle(to: record(1, sql: String(repeating: "\n", count: 350))) != nil)
    }
}
