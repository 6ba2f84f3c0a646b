import Foundation
import Testing
import Tokenizer

@testable import TrainingData

@Suite("The plan of a data set")
struct DatasetPlannerTests {
    private let tables = [TableDescription.fixture("a"), .fixture("b")]

    private func plan(
        _ records: [(GoldenRecord, Set<String>)], tables: [TableDescription]? = nil, redaction: Redaction = .masked,
        limit: ExampleLimit = .roomy, problems: [SchemaProblem] = []
    ) throws -> DatasetPlan {
        var planner = DatasetPlanner(
            tables: tables ?? self.tables, dialect: .sqlite, redaction: redaction, limit: limit,
            schemaProblems: problems)
        for (record, read) in records { _ = try planner.add(record, reading: read) }
        return planner.finish()
    }

    private func usable(_ count: UInt64) -> [(GoldenRecord, Set<String>)] {
        (0..<count).map { (.fixture($0, "Question \($0)?", "SELECT \($0) FROM a"), ["a"]) }
    }

    @Test("counts the examples and what each table is read by, and finds nothing wrong with good records")
    func good() throws {
        let plan = try self.plan(usable(10) + [(.fixture(10, "Both of them?", "SELECT * FROM a, b"), ["a", "b"])])
        #expect(plan.exampleCount == 11)
        #expect(
            plan.tables == [
                TableUse(name: "a", recordCount: 11, shownCount: 11),
                TableUse(name: "b", recordCount: 1, shownCount: 11),
            ])
        #expect(plan.problems.isEmpty && plan.excluded.isEmpty && plan.isTrainable)
        #expect(plan.schemaFingerprint == PromptSerialiser.fingerprint(tables: tables, dialect: .sqlite))
    }

    @Test("says the size of just the file that the same records make")
    func sameAsFile() throws {
        let folder = try TemporaryFolder()
        var planner = DatasetPlanner(
            tables: tables, dialect: .sqlite, redaction: .masked, limit: .roomy, schemaProblems: [])
        let writer = try TrainingFileWriter(path: folder.path("file"))
        var lines = TrainingLines()
        let broken = GoldenRecord.fixture(99, "Broken?", "SELEC", check: .invalid(reason: "syntax"))
        for record in usable(20).map(\.0) + [broken] {
            if case .example(let example) = try planner.add(record, reading: []) { lines.append(example) }
        }
        try writer.append(lines)
        let file = try writer.finish()
        let plan = planner.finish()
        #expect((plan.byteCount, plan.exampleCount) == (file.byteCount, file.exampleCount))
    }

    @Test("leaves invalid and empty records out, and names each with its reason")
    func excluded() throws {
        let plan = try self.plan(
            usable(10) + [
                (.fixture(20, "Broken?", "SELEC", check: .invalid(reason: "syntax")), []),
                (.fixture(21, " \n"), []),
                (.fixture(22, "No SQL?", "\t", check: .unchecked(reason: "")), []),
            ])
        #expect(plan.exampleCount == 10)
        #expect(plan.excluded.map(\.recordID) == [.numbered(20), .numbered(21), .numbered(22)])
        #expect(plan.excluded.map(\.reason) == ["syntax", "its question is empty", "its SQL is empty"])
        #expect(plan.problems.map(\.code) == [.invalidGoldenRecords, .emptyGoldenRecords])
        #expect(plan.isTrainable)
    }

    @Test("cannot be trained on with fewer than 10 usable records", arguments: [0, 9, 10] as [UInt64])
    func tooFew(count: UInt64) throws {
        let invalid = (GoldenRecord.fixture(50, check: .invalid(reason: "x")), Set<String>())
        let plan = try self.plan(usable(count) + [invalid])
        #expect(plan.isTrainable == (count == 10))
        #expect((plan.problems.first?.code == .notEnoughGoldenRecords) == (count < 10))
    }

    @Test("warns of repeated questions, told apart by whether the SQL is the same")
    func repeated() throws {
        let plan = try self.plan(
            usable(10) + [
                (.fixture(20, " Question 3?", "SELECT 3 FROM a "), []), (.fixture(21, "Question 4?", "SELECT 0"), []),
                (.fixture(22, "Question 4?", "SELECT 1"), []),
            ])
        #expect(plan.problems.map(\.code) == [.conflictingGoldenRecords, .duplicateGoldenRecords])
        #expect(
            plan.problems.map { $0.records.listed.map(\.id) } == [[.numbered(21), .numbered(22)], [.numbered(20)]])
        #expect(plan.problems.map(\.severity) == [.warning, .warning])
        #expect(plan.exampleCount == 13)
    }

    @Test("warns of tables that are not described, of DDL that does not work, and of SQL that nobody checked")
    func tableProblems() throws {
        let records = (0..<10).map { number in
            (GoldenRecord.fixture(number, "Question \(number)?", check: .unchecked(reason: "x")), Set<String>())
        }
        let plan = try self.plan(
            records, tables: [], problems: [SchemaProblem(tableName: "t", reason: "incomplete input")])
        #expect(plan.problems.map(\.code) == [.noTablesDescribed, .invalidTableSchema, .uncheckedGoldenRecords])
        #expect(plan.problems[1].message == "SQL that reads t cannot be checked: incomplete input.")
        #expect(plan.problems[2].message == "The SQL of 10 golden records was not checked.")
    }

    @Test("counts all records that stay out, and names as many as a list holds")
    func longLists() throws {
        let count = UInt64(DatasetPlanner.listLimit) + 5
        let plan = try self.plan((0..<count).map { (.fixture($0, check: .invalid(reason: "x")), []) })
        #expect(plan.excludedCount == Int(count))
        #expect(plan.excluded.count == DatasetPlanner.listLimit)
    }

    @Test("sums up the tokens of the examples, and what was left out so that they fit")
    func tokens() throws {
        let plan = try self.plan(usable(11))
        let tokens = try #require(plan.tokens)
        #expect(tokens.minimum <= tokens.median && tokens.median <= tokens.maximum)
        #expect((11 * tokens.minimum...11 * tokens.maximum).contains(tokens.total))
        #expect(plan.fitting.exampleCounts == [.whole: 11] && plan.fitting.relevanceMisses == 0)
        #expect(try self.plan([]).tokens == nil)
    }

    @Test("leaves out the one example that cannot fit, with the reason, and goes on with the others")
    func tooLong() throws {
        let long = GoldenRecord.fixture(50, "Long?", "SELECT " + String(repeating: "a, ", count: 4_000) + "1 FROM a")
        let plan = try self.plan(
            usable(10) + [(long, Set(["a"]))], limit: ExampleLimit(vocabulary: .cl100k, tokens: 4_096))
        #expect(plan.exampleCount == 10 && plan.isTrainable)
        #expect(plan.excluded.map(\.recordID) == [.numbered(50)])
        #expect(plan.excluded[0].reason.contains("the model takes 4096"))
        #expect(plan.problems.map(\.code) == [.examplesTooLong])
    }

    @Test("tells how often relevance would have missed a table that the SQL reads")
    func missed() throws {
        let tables = (0..<40).map { TableDescription.wide("t\($0)") }
        let records = (0..<10).map { number in
            (GoldenRecord.fixture(number, "What is in t\(number)?", "SELECT 1"), Set(["t\(number < 4 ? 39 : number)"]))
        }
        let plan = try self.plan(records, tables: tables, limit: ExampleLimit(vocabulary: .cl100k, tokens: 1_500))
        #expect(plan.fitting.relevanceMisses == 4 && plan.fitting.examplesWithOmittedTables == 10)
        #expect(plan.problems.map(\.code) == [.tablesMissedByRelevance])
        #expect(plan.tables.last == TableUse(name: "t9", recordCount: 1, shownCount: 1))
    }

    @Test("finds the tables of SQL that it cannot check by their names in it")
    func unchecked() throws {
        let tables = (0..<40).map { TableDescription.wide("t\($0)") }
        let record = GoldenRecord.fixture(
            1, "What?", "SELECT TOP 1 * FROM [T39] -- t38", check: .unchecked(reason: "x"))
        let plan = try self.plan(
            [(record, [])], tables: tables, limit: ExampleLimit(vocabulary: .cl100k, tokens: 1_500))
        #expect(plan.tables.filter { $0.recordCount > 0 }.map(\.name) == ["t39"])
        #expect(plan.tables.filter { $0.name == "t39" }.map(\.shownCount) == [1])
    }

    @Test("warns of personal values that leave as they are")
    func personalValues() throws {
        let users = TableDescription.fixture(
            "users", sampleRows: [SampleRow(cells: [.init(column: "name", value: .text("Ann"))])])
        #expect(try plan(usable(10), tables: [users], redaction: .full).problems.map(\.code) == [.personalValuesLeave])
        #expect(try plan(usable(10), tables: [users]).problems.isEmpty)
    }
}
