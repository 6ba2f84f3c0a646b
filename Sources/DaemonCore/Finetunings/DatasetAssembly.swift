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
    private let checker: GoldenRecordChecker
    private let heldOut: HeldOutRecords
    private var planner: DatasetPlanner

    /// Gets ready for a connection's tables, those of `schemas` where any are named. What is held out, or overlaps
    /// with it, stays out.
    init(
        connection: TrainingData.DatabaseConnection, schemas: [String], lineage: Jobs.Lineage,
        heldOut: HeldOutRecords = HeldOutRecords(), store: StateStore, worker: Worker
    ) async throws {
        unownedExecutor = worker.executor
        self.store = store
        self.heldOut = heldOut
        let tables = try await store.tables(of: connection.id).filter { $0.isShown(in: schemas) }
        checker = try GoldenRecordChecker(dialect: connection.dialect, tables: tables)
        planner = DatasetPlanner(
            tables: tables, dialect: connection.dialect, redaction: connection.redaction,
            limit: ExampleLimit(lineage), schemaProblems: checker.schemaProblems)
    }

    /// The plan over these records, or all of the connection.
    func plan(_ records: RecordSelection) async throws -> DatasetPlan {
        let cursor = RecordCursor(selection: records, limit: Self.batch, store: store)
        while let batch = try await cursor.next() {
            try Task.checkCancellation()
            try forEachExample(of: batch) { _ in }
        }
        return planner.finish()
    }

    /// Writes the training file of these records, on a thread of its own. Nothing is left of it if that fails.
    func write(
        _ records: RecordSelection, to path: String, writingOn writer: Worker
    ) async throws -> (file: TrainingFile, plan: DatasetPlan) {
        let output = TrainingFileOutput(path: path, worker: writer)
        do {
            try await write(records, to: output)
            return (try await output.finish(), planner.finish())
        } catch {
            await output.discard()
            throw error
        }
    }

    // While the lines of one batch are made, those before are written and the records after are read.
    private func write(_ records: RecordSelection, to output: TrainingFileOutput) async throws {
        let cursor = RecordCursor(selection: records, limit: Self.batch, store: store)
        var batch = try await cursor.next()
        var lines = TrainingLines()
        while let records = batch {
            try Task.checkCancellation()
            let ready = lines
            async let written: Void = output.append(ready)
            async let upcoming = cursor.next()
            lines = try self.lines(of: records)
            batch = try await upcoming
            try await written
        }
        try await output.append(lines)
    }

    private func lines(of records: [TrainingData.GoldenRecord]) throws -> TrainingLines {
        var lines = TrainingLines()
        try forEachExample(of: records) { lines.append($0) }
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

    private func forEachExample(of records: [TrainingData.GoldenRecord], _ take: (ChatExample) -> Void) throws {
        for record in records {
            switch heldOut.relation(to: record) {
            case .member: break
            case .overlapping(let reason): planner.leaveOut(record.id, overlapping: reason)
            case .apart: try add(record, take)
            }
        }
    }

    private func add(_ record: TrainingData.GoldenRecord, _ take: (ChatExample) -> Void) throws {
        var record = record
        let (check, tables) = checker.check(record.sql)
        record.check = check
        if case .example(let example) = try planner.add(record, reading: tables) { take(example) }
    }
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
