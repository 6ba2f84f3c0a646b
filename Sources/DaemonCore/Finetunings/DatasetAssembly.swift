import Identifiers
import Jobs
import Store
import TrainingData

/// Makes the plan or the training file of one finetuning, record by record.
///
/// It works on a thread that may wait: preparing SQL and writing a file block.
actor DatasetAssembly {
    // Small enough that whoever shares the thread, or the database, hardly waits.
    private static let batch = 100

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore
    private let connection: TrainingData.DatabaseConnection
    private let schemas: [String]
    private let lineage: Jobs.Lineage
    private let heldOut: HeldOutRecords

    /// Makes datasets of a connection's tables, those of `schemas` where any are named. What is held out, or overlaps
    /// with it, stays out.
    init(
        connection: TrainingData.DatabaseConnection, schemas: [String], lineage: Jobs.Lineage,
        heldOut: HeldOutRecords = HeldOutRecords(), store: StateStore, worker: Worker
    ) {
        unownedExecutor = worker.executor
        self.store = store
        self.connection = connection
        self.schemas = schemas
        self.lineage = lineage
        self.heldOut = heldOut
    }

    /// What goes over the records of one dataset.
    private struct Bench {
        let checker: GoldenRecordChecker
        var planner: DatasetPlanner

        mutating func add(_ record: TrainingData.GoldenRecord, _ take: (ObjectID, ChatExample) -> Void) throws {
            var record = record
            let (check, tables) = checker.check(record.sql)
            record.take(prepared: check)
            if case .example(let example) = try planner.add(record, reading: tables) { take(record.id, example) }
        }
    }

    // All tables are declared, rendered and counted, on this actor's thread.
    private func makeBench() async throws -> Bench {
        let tables = try await store.tables(of: connection.id).filter { $0.isShown(in: schemas) }
        let checker = try GoldenRecordChecker(dialect: connection.dialect, tables: tables)
        let planner = DatasetPlanner(
            tables: tables, dialect: connection.dialect, redaction: connection.redaction,
            limit: ExampleLimit(lineage), schemaProblems: checker.schemaProblems)
        return Bench(checker: checker, planner: planner)
    }

    /// The plan over these records, or all of the connection.
    func plan(_ records: RecordSelection) async throws -> PlannedDataset {
        var bench = try await makeBench()
        let cursor = RecordCursor(selection: records, limit: Self.batch, store: store)
        var hash = TrainingFileHash()
        var used: [ObjectID] = []
        while let batch = try await cursor.next() {
            try Task.checkCancellation()
            try forEachExample(of: batch, on: &bench) { record, example in
                hash.add(example)
                used.append(record)
            }
        }
        return PlannedDataset(plan: bench.planner.finish(), records: used, sha256: hash.finish())
    }

    /// Writes the training file of these records, on a thread of its own. Nothing is left of it if that fails.
    func write(
        _ records: RecordSelection, to path: String, writingOn writer: Worker
    ) async throws -> (file: TrainingFile, plan: DatasetPlan) {
        var bench = try await makeBench()
        let output = TrainingFileOutput(path: path, worker: writer)
        do {
            try await write(records, on: &bench, to: output)
            return (try await output.finish(), bench.planner.finish())
        } catch {
            await output.discard()
            throw error
        }
    }

    // While the lines of one batch are made, those before are written and the records after are read.
    private func write(
        _ records: RecordSelection, on bench: inout Bench, to output: TrainingFileOutput
    ) async throws {
        let cursor = RecordCursor(selection: records, limit: Self.batch, store: store)
        var batch = try await cursor.next()
        var lines = TrainingLines()
        while let records = batch {
            try Task.checkCancellation()
            let ready = lines
            async let written: Void = output.append(ready)
            async let upcoming = cursor.next()
            lines = try self.lines(of: records, on: &bench)
            batch = try await upcoming
            try await written
        }
        try await output.append(lines)
    }

    private func lines(of records: [TrainingData.GoldenRecord], on bench: inout Bench) throws -> TrainingLines {
        var lines = TrainingLines()
        try forEachExample(of: records, on: &bench) { lines.append($1) }
        return lines
    }

    /// What a finetuning holds out, by what the records say now.
    func heldOutRecords(from finetuning: ObjectID) async throws -> HeldOutRecords {
        var heldOut = HeldOutRecords()
        let cursor = RecordCursor(selection: .heldOut(from: finetuning), limit: Self.batch, store: store)
        while let records = try await cursor.next() {
            for record in records { heldOut.add(record) }
        }
        return heldOut
    }

    private func forEachExample(
        of records: [TrainingData.GoldenRecord], on bench: inout Bench, _ take: (ObjectID, ChatExample) -> Void
    ) throws {
        for record in records {
            switch heldOut.relation(to: record) {
            case .member: break
            case .overlapping(let reason): bench.planner.leaveOut(record.id, overlapping: reason)
            case .apart: try bench.add(record, take)
            }
        }
    }
}

/// What a training or validation file would hold.
struct PlannedDataset: Sendable {
    let plan: DatasetPlan
    /// The golden records that it is made of, in order.
    let records: [ObjectID]
    /// The SHA-256 of the file.
    let sha256: String
}

/// Which golden records go into a dataset.
enum RecordSelection: Sendable {
    /// All of a connection.
    case all(connection: ObjectID)
    /// These, in this order.
    case named([ObjectID])
    /// Those that a finetuning trains on, in their order.
    case of(finetuning: ObjectID)
    /// Those that a finetuning holds out, in their order.
    case heldOut(from: ObjectID)
}

/// Goes through a selection of golden records, some at a time, so that memory does not grow with their number.
private actor RecordCursor {
    private let selection: RecordSelection
    private let limit: Int
    private let store: StateStore
    private var last: ObjectID?
    private var page = 0

    init(selection: RecordSelection, limit: Int, store: StateStore) {
        self.selection = selection
        self.limit = limit
        self.store = store
    }

    /// The next records; `nil` after the last. It is asked for one batch at a time.
    func next() async throws -> [TrainingData.GoldenRecord]? {
        let records: [TrainingData.GoldenRecord]
        switch selection {
        case .all(let connection):
            records = try await store.records(of: connection, after: last, limit: limit)
        case .named(let ids):
            records = try await store.records(Array(ids.dropFirst(page * limit).prefix(limit)))
        case .of(let finetuning):
            let ids = try await store.recordIDs(of: finetuning, PageRequest(number: page + 1, limit: limit))
            records = try await store.records(ids.items)
        case .heldOut(let finetuning):
            let ids = try await store.heldOutRecordIDs(of: finetuning, PageRequest(number: page + 1, limit: limit))
            records = try await store.records(ids.items)
        }
        last = records.last?.id
        page += 1
        return records.isEmpty ? nil : records
    }
}
