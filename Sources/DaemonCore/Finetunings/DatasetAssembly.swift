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
    func plan(_ records: RecordSelection) async throws -> PlannedDataset {
        var hash = TrainingFileHash()
        var used: [ObjectID] = []
        try await forEachRecord(of: records) { record, example in
            hash.add(example)
            used.append(record)
        }
        return PlannedDataset(plan: planner.finish(), records: used, sha256: hash.finish())
    }

    /// Writes the training file of these records. Nothing is left of it if that fails.
    func write(_ records: RecordSelection, to path: String) async throws -> (file: TrainingFile, plan: DatasetPlan) {
        let writer = try TrainingFileWriter(path: path)
        do {
            try await forEachRecord(of: records) { try writer.append($1) }
            return (try writer.finish(), planner.finish())
        } catch {
            writer.discard()
            throw error
        }
    }

    /// What a finetuning holds out, by what the records say now.
    func heldOutRecords(from finetuning: ObjectID) async throws -> HeldOutRecords {
        var heldOut = HeldOutRecords()
        var cursor = RecordCursor(selection: .heldOut(from: finetuning), limit: Self.batch)
        while let records = try await cursor.next(from: store) {
            for record in records { heldOut.add(record) }
        }
        return heldOut
    }

    private func forEachRecord(
        of selection: RecordSelection, _ take: (ObjectID, ChatExample) throws -> Void
    ) async throws {
        var cursor = RecordCursor(selection: selection, limit: Self.batch)
        while let records = try await cursor.next(from: store) {
            try Task.checkCancellation()
            for record in records {
                switch heldOut.relation(to: record) {
                case .member: break
                case .overlapping(let reason): planner.leaveOut(record.id, overlapping: reason)
                case .apart: try add(record, take)
                }
            }
        }
    }

    private func add(_ record: TrainingData.GoldenRecord, _ take: (ObjectID, ChatExample) throws -> Void) throws {
        var record = record
        let (check, tables) = checker.check(record.sql)
        record.check = check
        if case .example(let example) = try planner.add(record, reading: tables) {
            try take(record.id, example)
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
private struct RecordCursor {
    let selection: RecordSelection
    let limit: Int
    private var last: ObjectID?
    private var page = 0

    init(selection: RecordSelection, limit: Int) {
        self.selection = selection
        self.limit = limit
    }

    mutating func next(from store: StateStore) async throws -> [TrainingData.GoldenRecord]? {
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
