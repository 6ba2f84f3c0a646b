import Foundation
import Identifiers
import LineTransport
import Store
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("runs of golden records", .timeLimit(.minutes(5)))
struct RecordRunTests {
    private static let setup = Setup(worksOnJobs: false, runsRecords: true)

    private func add(
        _ sql: [String], to connection: ObjectID, of daemon: TestDaemon, question: String? = nil
    ) async throws -> [ObjectID] {
        let news = sql.map { sql in
            NewGoldenRecord(databaseConnection: connection, promptText: question ?? "What about \(sql)?", sql: sql)
        }
        return try await daemon.client.call(Routes.createRecords, body: news).map(\.id)
    }

    private func settled(_ connection: ObjectID, of daemon: TestDaemon) async throws -> RecordChecks {
        while true {
            let state = try await daemon.client.call(Routes.recordChecks, connection)
            if state.waiting == 0, !state.runsAgain { return state }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("what fails or gives nothing on the database is invalid, with the reason; the plan tells one from the other")
    func verdicts() async throws {
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            let connection = library.connection.id
            let ids = try await add(
                [
                    "SELECT title FROM books", "SELECT title FROM books WHERE year > 2500",
                    "SELECT abs(-9223372036854775808) FROM books",
                ], to: connection, of: daemon)
            let state = try await settled(connection, of: daemon)
            #expect(state.checks == CheckCounts(valid: 1, invalid: 2))

            let checks = try await ids.asyncMap { try await daemon.record($0).check }
            #expect(checks.map(\.execution.outcome) == [.rows, .empty, .failed])
            #expect(checks.map(\.execution.rows) == [2, 0, 0])
            #expect(checks.map(\.reason) == [nil, "it returns no rows", "running it failed: integer overflow"])
            #expect(checks.allSatisfy { $0.execution.state == .done && $0.execution.at != nil })

            let plan = try await daemon.client.call(
                Routes.planFinetuning, body: NewFinetuning(databaseConnection: connection))
            #expect(plan.excluded.map(\.goldenRecord) == [ids[1], ids[2]])
            #expect(Set(plan.problems.map(\.code)).isSuperset(of: ["failed_golden_records", "empty_results"]))
        }
    }

    @Test("other SQL for the same question is a conflict if it gives other rows, and else is not")
    func conflicts() async throws {
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let connection = try await daemon.prepareLibrary(records: 0).connection.id
            var ids: [[ObjectID]] = []
            for (question, second) in [("Same rows, please?", "count(id)"), ("Other rows, please?", "count(*) + 1")] {
                let sql = ["SELECT count(*) FROM books", "SELECT \(second) FROM books"]
                ids.append(try await add(sql, to: connection, of: daemon, question: question))
            }
            _ = try await settled(connection, of: daemon)
            let plan = try await daemon.client.call(
                Routes.planFinetuning, body: NewFinetuning(databaseConnection: connection))
            let problems = Dictionary(uniqueKeysWithValues: plan.problems.map { ($0.code, $0) })
            for (code, ids) in [("equivalent_golden_records", ids[0]), ("conflicting_golden_records", ids[1])] {
                #expect(problems[code]?.message.contains("1 golden record ") == true)
                #expect(problems[code]?.records == [ConcernedRecord(goldenRecord: ids[1], earlier: ids[0])])
            }
        }
    }

    @Test("a database that is no longer as it was described is noticed, and everything runs again after a scan")
    func schemaDrift() async throws {
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let connection = try await daemon.prepareLibrary(records: 0).connection.id
            let before = try await add(["SELECT genre FROM books"], to: connection, of: daemon)
            _ = try await settled(connection, of: daemon)
            #expect(try await daemon.record(before[0]).check.status == .valid)

            try daemon.workplace.database("library.sqlite", "ALTER TABLE books DROP COLUMN genre")
            let after = try await add(["SELECT genre, title FROM books"], to: connection, of: daemon)
            _ = try await settled(connection, of: daemon)
            let drifted = try await daemon.record(after[0]).check
            #expect(drifted.status == .invalid && drifted.execution.outcome == .schemaDrift)
            #expect(drifted.reason?.contains("no such column: genre") == true)

            try daemon.workplace.database("library.sqlite", "ALTER TABLE books ADD COLUMN genre TEXT DEFAULT 'novel'")
            _ = try await daemon.client.call(Routes.refreshTables, body: TableRefresh(databaseConnection: connection))
            _ = try await settled(connection, of: daemon)
            #expect(try await daemon.record(before[0]).check.status == .valid)
            #expect(try await daemon.record(after[0]).check.execution.outcome == .rows)
        }
    }

    @Test("records are told to run again just if they were there when the tables were scanned")
    func runningAgain() async throws {
        try await withDaemon(ScriptedProvider(), Setup(worksOnJobs: false)) { daemon in
            let connection = try await daemon.prepareLibrary(records: 0).connection.id
            func state() async throws -> RecordChecks {
                try await daemon.client.call(Routes.recordChecks, connection)
            }
            #expect(try await state().runsAgain == false)
            _ = try await daemon.addRecords(3, to: connection)
            let added = try await state()
            #expect(added.waiting == 3 && !added.runsAgain)
            _ = try await daemon.client.call(Routes.refreshTables, body: TableRefresh(databaseConnection: connection))
            #expect(try await state().runsAgain)
        }
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let connection = try await daemon.prepareLibrary().connection.id
            _ = try await settled(connection, of: daemon)
            let before = try await daemon.runTimes(of: connection)
            _ = try await daemon.client.call(Routes.refreshTables, body: TableRefresh(databaseConnection: connection))
            _ = try await settled(connection, of: daemon)
            #expect(zip(before, try await daemon.runTimes(of: connection)).allSatisfy { $0 < $1 })
        }
    }

    @Test("records that were checked before their connection had a database, and stored after its sweep began, run too")
    func databaseGivenDuringImport() async throws {
        try await withDaemon(ScriptedProvider(), Setup(worksOnJobs: false)) { daemon in
            let id = try await daemon.prepareLibrary(records: 0).connection.id
            let withDatabase = try await daemon.store.connection(id)
            var without = withDatabase
            without.connectionURI = nil
            #expect(try await daemon.store.replace(withDatabase, with: without))
            let threads = WorkerThreads(count: 2)
            let runs = RecordRunning(
                store: daemon.store, paths: Current(DatabasePathPolicy(allowed: [], stateDirectory: "/")),
                worker: threads.next(),
                logger: daemon.log.logger)
            let rechecks = RecordRechecking(store: daemon.store, runs: runs, worker: threads.next())
            let sql = "SELECT title FROM books"
            let (checks, generation) = try await rechecks.checks(of: [sql], connection: id)
            #expect(checks[0].execution == .unavailable)

            #expect(try await daemon.store.replace(without, with: withDatabase))
            try await rechecks.tablesChanged(of: id)
            let record = TrainingData.GoldenRecord(
                id: ObjectIDGenerator().next(now: .now), connectionID: id, promptText: "Which?", sql: sql,
                check: checks[0].check, execution: checks[0].execution, createdAt: .now, updatedAt: .now)
            try await daemon.store.insert([record])
            try await rechecks.settle([record], checkedAt: generation, connection: id)
            #expect(try await daemon.record(record.id).check.execution.state == .waiting)
            try await threads.shutdown()
        }
    }

    @Test("what runs while its connection is given another database is run on that one")
    func databaseReplacedDuringRun() async throws {
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let connection = try await daemon.prepareLibrary(records: 0).connection.id
            let empty = try daemon.workplace.database(
                "empty.sqlite", "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
            let long =
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
                + "SELECT max(i) FROM n"
            let ids = try await add([long, "SELECT title FROM books"], to: connection, of: daemon)
            while !daemon.workplace.isOpen("library.sqlite") { try await Task.sleep(for: .milliseconds(5)) }
            _ = try await daemon.client.call(
                Routes.changeConnection, connection, body: DatabaseConnectionChanges(connectionURI: .set(empty)))
            _ = try await settled(connection, of: daemon)
            #expect(try await daemon.record(ids[1]).check.execution.outcome == .empty)
        }
    }

    @Test("a database that cannot be opened keeps its own records waiting, says why, and nobody else's")
    func missingDatabase() async throws {
        try await withDaemon(ScriptedProvider(), Self.setup) { daemon in
            let connections = try await ["a", "b", "c"].asyncMap { name in
                try await daemon.prepareLibrary(name, records: 0).connection.id
            }
            try FileManager.default.removeItem(atPath: daemon.workplace.databases + "/b.sqlite")
            for connection in connections {
                _ = try await add(["SELECT title FROM books"], to: connection, of: daemon)
            }
            for connection in [connections[0], connections[2]] {
                #expect(try await settled(connection, of: daemon).checks.valid == 1)
            }
            var state: RecordChecks
            repeat {
                try await Task.sleep(for: .milliseconds(10))
                state = try await daemon.client.call(Routes.recordChecks, connections[1])
            } while state.obstacle == nil
            #expect(state.waiting == 1)
            #expect(state.obstacle?.hasSuffix("b.sqlite cannot be opened: No such file or directory") == true)
        }
    }

    @Test("what had not run when the daemon ended runs after its next start")
    func restart() async throws {
        let workplace = try Workplace()
        var connection: ObjectID?
        try await withDaemon(at: workplace, ScriptedProvider(), Setup(worksOnJobs: false)) { daemon in
            let library = try await daemon.prepareLibrary()
            connection = library.connection.id
            let state = try await daemon.client.call(Routes.recordChecks, library.connection.id)
            #expect(state.waiting == 12)
            #expect(library.records.allSatisfy { $0.check.execution == RecordExecution(state: .waiting) })
        }
        let id = try #require(connection)
        try await withDaemon(at: workplace, ScriptedProvider(), Self.setup) { daemon in
            let state = try await settled(id, of: daemon)
            #expect(state.checks.valid == 12)
            let records = try await daemon.client.call(
                Routes.listRecords, query: ConnectionPaging(databaseConnection: id, limit: 100))
            #expect(records.allSatisfy { $0.check.execution.state == .done })
        }
    }
}

extension TestDaemon {
    /// When each record of a connection ran last.
    fileprivate func runTimes(of connection: ObjectID) async throws -> [Timestamp] {
        let query = ConnectionPaging(databaseConnection: connection, limit: 100)
        return try await client.call(Routes.listRecords, query: query).compactMap(\.check.execution.at)
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
