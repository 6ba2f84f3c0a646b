import Foundation
import Testing

@testable import TrainingData

@Suite("The plan of a data set")
struct DatasetPlannerTests {
    private let tables = [TableDescription.fixture("a"), .fixture("b")]

    private func plan(
        _ records: [(GoldenRecord, Set<String>)], tables: [TableDescription]? = nil, problems: [SchemaProblem] = []
    ) -> DatasetPlan {
        var planner = DatasetPlanner(tables: tables ?? self.tables, dialect: .sqlite, schemaProblems: problems)
        for (record, read) in records { _ = planner.add(record, reading: read) }
        return planner.finish()
    }

    private func usable(_ count: UInt64) -> [(GoldenRecord, Set<String>)] {
        (0..<count).map { (.fixture($0, "Question \($0)?", "SELECT \($0) FROM a"), ["a"]) }
    }

    @Test("counts the examples and what each table is read by, and finds nothing wrong with good records")
    func good() {
        let plan = plan(usable(10) + [(.fixture(10, "Both of them?", "SELECT * FROM a, b"), ["a", "b"])])
        #expect(plan.exampleCount == 11)
        #expect(plan.tables == [TableUse(name: "a", recordCount: 11), TableUse(name: "b", recordCount: 1)])
        #expect(plan.problems.isEmpty && plan.excluded.isEmpty && plan.isTrainable)
        #expect(plan.schemaFingerprint == PromptSerialiser().fingerprint(tables: tables, dialect: .sqlite))
    }

    @Test("says the size of just the file that the same records make")
    func sameAsFile() throws {
        let folder = try TemporaryFolder()
        var planner = DatasetPlanner(tables: tables, dialect: .sqlite, schemaProblems: [])
        let writer = try TrainingFileWriter(path: folder.path("file"))
        let broken = GoldenRecord.fixture(99, "Broken?", "SELEC", check: .invalid(reason: "syntax"))
        for record in usable(20).map(\.0) + [broken] {
            if case .example(let example) = planner.add(record, reading: []) { try writer.append(example) }
        }
        let file = try writer.finish()
        let plan = planner.finish()
        #expect((plan.byteCount, plan.exampleCount) == (file.byteCount, file.exampleCount))
    }

    @Test("leaves invalid and empty records out, and names each with its reason")
    func excluded() {
        let plan = plan(
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
    func tooFew(count: UInt64) {
        let invalid = (GoldenRecord.fixture(50, check: .invalid(reason: "x")), Set<String>())
        let plan = plan(usable(count) + [invalid])
        #expect(plan.isTrainable == (count == 10))
        #expect((plan.problems.first?.code == .notEnoughGoldenRecords) == (count < 10))
    }

    @Test("warns of repeated questions, told apart by whether the SQL is the same")
    func repeated() {
        let plan = plan(
            usable(10) + [
                (.fixture(20, " Question 3?", "SELECT 3 FROM a "), []), (.fixture(21, "Question 4?", "SELECT 0"), []),
                (.fixture(22, "Question 4?", "SELECT 1"), []),
            ])
        #expect(plan.problems.map(\.code) == [.conflictingGoldenRecords, .duplicateGoldenRecords])
        #expect(plan.problems.map(\.recordIDs) == [[.numbered(21), .numbered(22)], [.numbered(20)]])
        #expect(plan.problems.map(\.severity) == [.warning, .warning])
        #expect(plan.exampleCount == 13)
    }

    @Test("warns of tables that are not described, of DDL that does not work, and of SQL that nobody checked")
    func tableProblems() {
        let records = (0..<10).map { number in
            (GoldenRecord.fixture(number, "Question \(number)?", check: .unchecked(reason: "x")), Set<String>())
        }
        let plan = plan(records, tables: [], problems: [SchemaProblem(tableName: "t", reason: "incomplete input")])
        #expect(plan.problems.map(\.code) == [.noTablesDescribed, .invalidTableSchema, .uncheckedGoldenRecords])
        #expect(plan.problems[1].message == "SQL that reads t cannot be checked: incomplete input.")
        #expect(plan.problems[2].message == "The SQL of 10 golden records was not checked.")
    }

    @Test("counts all records that stay out, and names as many as a list holds")
    func longLists() {
        let count = UInt64(DatasetPlanner.listLimit) + 5
        let plan = plan((0..<count).map { (.fixture($0, check: .invalid(reason: "x")), []) })
        #expect(plan.excludedCount == Int(count))
        #expect(plan.excluded.count == DatasetPlanner.listLimit)
    }
}
