import Identifiers
import Testing

@testable import TrainingData

@Suite("Reviewing golden records")
struct RecordReviewTests {
    private func findings(_ records: [GoldenRecord]) -> [[DatasetProblem.Code]] {
        var review = RecordReview()
        return records.map { review.findings(on: $0).map(\.code) }
    }

    private func result(_ value: Int64) -> RecordExecution {
        var cells = ResultCells(columnCount: 1)
        cells.add([.integer(value)])
        let at = Timestamp(microseconds: 0)
        return .done(RecordRun(at: at, outcome: .rows, rowCount: 1, digest: cells.digest))
    }

    private func record(_ question: String, _ sql: String, _ execution: RecordExecution = .unavailable) -> GoldenRecord
    {
        var record = GoldenRecord.fixture(1, question, sql)
        record.execution = execution
        return record
    }

    @Test(
        "tells a repetition from a conflict, and SQL that differs in writing or in nothing that counts from other SQL")
    func repetitions() {
        let first = record("How many books are there?", "SELECT count(*) FROM books", result(3))
        let others: [(GoldenRecord, DatasetProblem.Code)] = [
            (record("how many books are there", "select COUNT( * ) from books;"), .duplicateGoldenRecords),
            (record("How many books are there?", "SELECT count(id) FROM books", result(3)), .equivalentGoldenRecords),
            (record("How many books are there?", "SELECT count(id) FROM books", result(4)), .conflictingGoldenRecords),
            (record("How many books are there?", "SELECT count(id) FROM books"), .conflictingGoldenRecords),
        ]
        for (other, code) in others { #expect(findings([first, other]) == [[], [code]]) }
    }

    @Test("names the record that was first")
    func earlierRecords() {
        var review = RecordReview()
        let texts = [
            ("Which of the customers ordered more than ten times?", "SELECT 1"),
            ("How many books are there?", "SELECT 2"), ("How many books are there?", "SELECT 2"),
            ("How many books are there?", "SELECT 3"),
            ("Which of the customers ordered more than ten times then?", "SELECT 4"),
        ]
        let earlier = texts.enumerated().map { place, text in
            review.findings(on: .fixture(UInt64(place), text.0, text.1)).compactMap(\.earlier)
        }
        #expect(earlier == [[], [], [.numbered(1)], [.numbered(1)], [.numbered(0)]])
    }

    static let pairs: [(String, String, Bool)] = [
        (
            "Which customers in the northern region ordered more than ten times last year?",
            "Which customers in the northern regions ordered more than ten times last year?", true
        ),
        (
            "Which customers in the northern region ordered more than 10 times last year?",
            "Which customers in the northern region ordered more than 12 times last year?", false
        ),
        (
            "Which customers in the northern region ordered more than ten times last year?",
            "How much did the suppliers of the southern warehouses charge for shipping?", false
        ),
        ("去年北部地区哪些客户的订单超过十份,他们分别住在哪里?", "去年北部地区哪些客户的订单超过十份,他们分别住在哪儿?", true),
    ]

    @Test("finds questions that are nearly the same, but for numbers", arguments: pairs)
    func nearDuplicates(first: String, second: String, isNear: Bool) {
        let found = findings([record(first, "SELECT 1"), record(second, "SELECT 2")])
        #expect(found == [[], isNear ? [.nearDuplicateGoldenRecords] : []])
    }

    @Test("names short questions, long SQL, large results and what has not run")
    func singleRecords() {
        let large = RecordRun(at: Timestamp(microseconds: 0), outcome: .tooManyRows, rowCount: 10_000, digest: nil)
        let long = "SELECT " + String(repeating: "1 + ", count: 1_000) + "1"
        #expect(
            findings([
                record("Rome?", "SELECT 1"), record("What is the sum?", long),
                record("Which events are there?", "SELECT 2", .done(large)),
                record("What is the capital?", "SELECT 3", .waiting),
            ]) == [[.shortQuestions], [.longSQL], [.largeResults], [.recordsToRun]])
    }

    @Test("remembers a bounded number of questions, the latest")
    func forgets() {
        var questions = NearQuestions(generationSize: 100)
        let first = "which of the customers ordered more than a dozen times in total"
        let answers = [
            [questions.add(first, of: .numbered(1)), questions.add(first + "s", of: .numbered(2))],
            (0..<90).map { questions.add("\($0)", of: .numbered(3)) },
            [questions.add(first, of: .numbered(4))],
            (100..<310).map { questions.add("\($0)", of: .numbered(5)) },
            [questions.add(first, of: .numbered(6))],
        ]
        #expect(answers.map { $0.compactMap(\.self) } == [[.numbered(1)], [], [.numbered(1)], [], []])
    }

    @Test("lets what running showed stand, unless the SQL does not even prepare")
    func prepared() {
        var failed = record("?", "SELECT 1", result(1))
        failed.check = .invalid(reason: "running it failed: integer overflow")
        failed.take(prepared: .valid)
        #expect(failed.check == .invalid(reason: "running it failed: integer overflow"))
        failed.take(prepared: .invalid(reason: "no such table"))
        #expect(failed.check == .invalid(reason: "no such table"))
        var waiting = record("?", "SELECT 1", .waiting)
        waiting.check = .unchecked(reason: "no tables")
        waiting.take(prepared: .valid)
        #expect(waiting.check == .valid)
    }
}
