import Identifiers
import Store
import Synchronization
import TrainingData

/// Keeps the checks of golden records true to the described tables.
///
/// Checkers are kept by connection, since to declare its tables takes longer than to check a record. One thread
/// works here, because checking prepares SQL and blocks; event loops use a checker that is free, for what is quick.
actor RecordRechecking {
    /// What checks a connection's records, and which state of its tables it knows.
    private struct Ready: Sendable {
        let checker: SharedChecker
        let generation: Int
        /// Whether what prepares is run next.
        let runs: Bool

        func verdicts(on records: [GoldenRecord]) -> [RecordVerdict] {
            records.map { record in
                let check = checker.check(record.sql)
                return RecordVerdict(
                    record: record.id, sql: record.sql, check: check, isToRun: execution(after: check) == .waiting)
            }
        }

        func execution(after check: RecordCheck) -> RecordExecution {
            runs && check == .valid ? .waiting : .unavailable
        }
    }

    private static let keptCheckers = 32
    private static let batch = 1_000

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore
    private let runs: RecordRunning
    /// To be read without waiting for the thread, as what follows.
    private let ready = Mutex<[ObjectID: Ready]>([:])
    /// How often the tables of each connection have changed.
    private let generations = Mutex<[ObjectID: Int]>([:])

    init(store: StateStore, runs: RecordRunning, worker: Worker) {
        self.store = store
        self.runs = runs
        unownedExecutor = worker.executor
    }

    /// Checks SQL texts of one connection, in order, against its tables as they are now.
    func checks(of texts: [String], connection id: ObjectID) async throws -> (checks: [NewCheck], generation: Int) {
        let ready = try await checker(of: id)
        let checks = texts.map { sql in
            let check = ready.checker.check(sql)
            return NewCheck(check: check, execution: ready.execution(after: check))
        }
        return (checks, ready.generation)
    }

    /// Checks one SQL text at once, from any thread, if that takes next to no time; `nil` otherwise.
    nonisolated func checkAtOnce(_ sql: String, connection id: ObjectID) -> (check: NewCheck, generation: Int)? {
        guard let ready = ready.withLock({ $0[id] }), let check = ready.checker.checkAtOnce(sql) else { return nil }
        return (NewCheck(check: check, execution: ready.execution(after: check)), ready.generation)
    }

    /// Has records run that were stored. Checks them again before, if the tables changed since `generation`.
    nonisolated func settle(
        _ records: [GoldenRecord], checkedAt generation: Int, connection id: ObjectID
    ) async throws {
        defer { runs.wake() }
        guard isOutdated(generation, of: id) else { return }
        try await recheck(records, of: id, areNew: true)
    }

    /// Whether the tables changed since they were in this state.
    nonisolated func isOutdated(_ generation: Int, of id: ObjectID) -> Bool {
        self.generation(of: id) != generation
    }

    /// The tables of a connection changed, or its database: checks all of its records again, and has them run.
    /// Returns when the checks are stored; the records run afterwards.
    func tablesChanged(of id: ObjectID) async throws {
        generations.withLock { $0[id, default: 0] += 1 }
        // What is counted here, the checker that is made next knows.
        let changes = try await store.changesToRecheck(of: id)
        // Closed by whoever used it last, not under the lock.
        _ = ready.withLock { $0.removeValue(forKey: id) }
        if try await checker(of: id).runs { try await store.beginSweep(of: id) }
        defer { runs.wake() }
        var last: ObjectID?
        while case let records = try await store.records(of: id, after: last, limit: Self.batch),
            let newest = records.last
        {
            try await recheck(records, of: id)
            last = newest.id
        }
        try await store.endRecheck(of: id, changes: changes)
    }

    /// Checks again what a daemon before this one did not come to.
    func goOn() async throws {
        for connection in try await store.connectionsToRecheck() {
            do {
                try await tablesChanged(of: connection)
            } catch StoreError.notFound {
                // It was deleted meanwhile.
                continue
            }
        }
    }

    private nonisolated func generation(of id: ObjectID) -> Int {
        generations.withLock { $0[id, default: 0] }
    }

    private func recheck(_ records: [GoldenRecord], of id: ObjectID, areNew: Bool = false) async throws {
        var ready = try await checker(of: id)
        let verdicts = ready.verdicts(on: records)
        // A sweep that began before new ones were stored does not come to them: they are to run by themselves.
        let changed = zip(verdicts, records).filter { verdict, record in
            verdict.check != record.check || areNew && verdict.isToRun && record.execution == .unavailable
        }.map(\.0)
        if !changed.isEmpty { try await store.store(changed) }
        // Whoever changed the tables meanwhile may have checked these records before the verdicts were stored.
        while generation(of: id) != ready.generation {
            ready = try await checker(of: id)
            try await store.store(ready.verdicts(on: records))
        }
    }

    private func checker(of id: ObjectID) async throws -> Ready {
        if let ready = ready.withLock({ $0[id] }) { return ready }
        let generation = generation(of: id)
        let connection = try await store.connection(id)
        let tables = try await store.tables(of: id)
        let made = Ready(
            checker: SharedChecker(try GoldenRecordChecker(dialect: connection.dialect, tables: tables)),
            generation: generation, runs: connection.uriToRunOn != nil)
        guard self.generation(of: id) == generation else { return try await checker(of: id) }
        _ = ready.withLock { ready -> [ObjectID: Ready] in
            let others = ready.count < Self.keptCheckers ? [:] : ready
            if !others.isEmpty { ready = [:] }
            ready[id] = made
            return others
        }
        return made
    }
}

/// What checking a record's SQL found, and whether that is run next.
struct NewCheck: Sendable {
    let check: RecordCheck
    let execution: RecordExecution
}
