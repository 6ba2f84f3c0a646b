import Identifiers
import Store
import Synchronization
import TrainingData

/// Keeps the checks of golden records true to the described tables.
///
/// Checkers are kept by connection, since to declare its tables takes longer than to check a record. One thread
/// works here, because checking prepares SQL and blocks.
actor RecordRechecking {
    /// What checks a connection's records, and which state of its tables it knows.
    private struct Ready {
        let checker: GoldenRecordChecker
        let generation: Int

        func verdicts(on records: [GoldenRecord]) -> [RecordVerdict] {
            records.map { RecordVerdict(record: $0.id, sql: $0.sql, check: checker.check($0.sql).check) }
        }
    }

    private static let keptCheckers = 32
    private static let batch = 1_000

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore
    private var ready: [ObjectID: Ready] = [:]
    /// How often the tables of each connection have changed. To be read without waiting for the thread.
    private let generations = Mutex<[ObjectID: Int]>([:])

    init(store: StateStore, worker: Worker) {
        self.store = store
        unownedExecutor = worker.executor
    }

    /// Checks SQL texts of one connection, in order, against its tables as they are now.
    func checks(of texts: [String], connection id: ObjectID) async throws -> (checks: [RecordCheck], generation: Int) {
        let ready = try await checker(of: id)
        return (texts.map { ready.checker.check($0).check }, ready.generation)
    }

    /// Checks records again that were stored, if the tables changed since `generation`.
    nonisolated func settle(
        _ records: [GoldenRecord], checkedAt generation: Int, connection id: ObjectID
    ) async throws {
        guard self.generation(of: id) != generation else { return }
        try await recheck(records, of: id)
    }

    /// The tables of a connection changed: checks all of its records again. Returns when that is stored.
    func tablesChanged(of id: ObjectID) async throws {
        generations.withLock { $0[id, default: 0] += 1 }
        ready[id] = nil
        var last: ObjectID?
        while true {
            let records = try await store.records(of: id, after: last, limit: Self.batch)
            guard let newest = records.last else { return }
            try await recheck(records, of: id)
            last = newest.id
        }
    }

    private nonisolated func generation(of id: ObjectID) -> Int {
        generations.withLock { $0[id, default: 0] }
    }

    private func recheck(_ records: [GoldenRecord], of id: ObjectID) async throws {
        var ready = try await checker(of: id)
        let verdicts = ready.verdicts(on: records)
        let changed = zip(verdicts, records).filter { $0.check != $1.check }.map(\.0)
        if !changed.isEmpty { try await store.store(changed) }
        // Whoever changed the tables meanwhile may have checked these records before the verdicts were stored.
        while generation(of: id) != ready.generation {
            ready = try await checker(of: id)
            try await store.store(ready.verdicts(on: records))
        }
    }

    private func checker(of id: ObjectID) async throws -> Ready {
        if let ready = ready[id] { return ready }
        let generation = generation(of: id)
        let connection = try await store.connection(id)
        let tables = try await store.tables(of: id)
        let made = Ready(
            checker: try GoldenRecordChecker(dialect: connection.dialect, tables: tables), generation: generation)
        guard self.generation(of: id) == generation else { return try await checker(of: id) }
        if ready.count >= Self.keptCheckers { ready.removeAll() }
        ready[id] = made
        return made
    }
}
