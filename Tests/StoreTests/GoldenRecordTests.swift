import Identifiers
import Jobs
import Store
import Testing
import TrainingData

@Suite("Golden records")
struct GoldenRecordTests {
    @Test(
        "a record reads back with its check",
        arguments: [
            RecordCheck.valid, .invalid(reason: "no such table: x"), .unchecked(reason: "no description"),
        ])
    func roundTrip(check: RecordCheck) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await store.insert([record(100, of: 1, check: check)])
            #expect(try await store.record(id(100)) == record(100, of: 1, check: check))
            let changed = try await store.updateRecord(id(100)) { $0.metadata = JSONText(text: "{}") }
            #expect(try await store.record(id(100)) == changed)
        }
    }

    @Test("records are added all or not at all")
    func atomicity() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            await #expect(throws: StoreError.notFound(.databaseConnection, id(7))) {
                try await store.insert([record(100, of: 1), record(101, of: 7)])
            }
            await #expect(throws: StoreError.self) {
                try await store.insert([record(100, of: 1), record(100, of: 1)])
            }
            #expect(try await store.recordCount(of: nil) == 0)
        }
    }

    // What SQLite keeps to undo a write is then more than it holds in memory.
    @Test("large batches go in at once, one beside the other, all but the one that has to be undone")
    func largeBatches() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let batches = (0..<12).map { batch in
                (0..<1_500).map { record(1_000 + 2_000 * batch + $0, of: 1) }
            }
            try await withThrowingTaskGroup { group in
                for batch in batches { group.addTask { try await store.insert(batch) } }
                group.addTask {
                    let broken = (0..<1_500).map { record(90_000 + $0, of: 1) } + [record(91_000, of: 7)]
                    await #expect(throws: StoreError.self) { try await store.insert(broken) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.recordCount(of: nil) == 18_000)
            #expect(store.health == .healthy)
        }
    }

    @Test("a verdict on SQL that was changed meanwhile is dropped")
    func verdicts() async throws {
        try await withStore { store, _ in
            try await store.addConnection(records: 2)
            _ = try await store.updateRecord(id(101)) { $0.sql = "SELECT 'new'" }
            try await store.store(
                [100, 101, 199].map {
                    RecordVerdict(record: id($0), sql: "SELECT \($0)", check: .invalid(reason: "wrong"))
                })
            #expect(try await store.record(id(100)).check == .invalid(reason: "wrong"))
            #expect(try await store.record(id(101)).check == .valid)
        }
    }

    @Test("a record in a finetuning stays until that has ended, and its id stays with the finetuning")
    func deletion() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(records: 3)
            let job = finetuning(10, of: 1)
            _ = try await store.create(job, records: records, happenings: [])
            await #expect(throws: StoreError.recordInUse(records[1], by: job.id)) {
                try await store.deleteRecord(records[1])
            }
            try await store.apply(.cancelRequested, to: job.id)
            try await store.deleteRecord(records[1])
            #expect(try await store.recordIDs(of: job.id, PageRequest()).items == records)
            await #expect(throws: StoreError.notFound(.goldenRecord, records[1])) {
                try await store.records(records)
            }
            #expect(try await store.recordCount(of: id(1)) == 2)
        }
    }

    @Test("going over a connection's records sees each once, in the order of ids")
    func walking() async throws {
        try await withStore { store, _ in
            try await store.addConnection(2, records: 3)
            let records = try await store.addConnection(1, records: 7)
            var seen: [ObjectID] = []
            while true {
                let batch = try await store.records(of: id(1), after: seen.last, limit: 3)
                if batch.isEmpty { break }
                seen += batch.map(\.id)
            }
            #expect(seen == records)
        }
    }
}
