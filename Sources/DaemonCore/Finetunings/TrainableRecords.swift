import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// The golden records that an order trains on and holds out, by the checks that are stored with them.
struct TrainableRecords: Sendable {
    private static let batch = 1_000
    private static let reasonsTold = 5

    /// Those that are trained on, in order.
    private(set) var included: [ObjectID] = []
    /// Those that are held out from training.
    private(set) var heldOut = HeldOutRecords()
    /// How many stay out because their check says `invalid`.
    private(set) var invalidCount = 0
    /// How many stay out because part of them is held out.
    private(set) var overlappingCount = 0
    private var invalidReasons: [String] = []
    private var overlaps: [String] = []
    private var split: RecordSplit?

    /// What is to be told when the order is accepted.
    var happenings: [Happening] {
        var told = [Happening.accepted(records: included.count)]
        if !heldOut.ids.isEmpty { told.append(.recordsHeldOut(count: heldOut.ids.count)) }
        let leftOut = [(invalidCount, invalidReasons), (overlappingCount, overlaps)]
        told += leftOut.filter { $0.0 > 0 }.map { .recordsLeftOut(LeftOutRecords(count: $0.0, reasons: $0.1)) }
        return told
    }

    /// Chooses the records of an order. A record that was named and cannot be used is refused. Comparing records
    /// takes long where they are many: the caller's executor has to be one that may.
    init(of order: FinetuningOrder, in store: StateStore) async throws {
        let connection = order.connection.id
        switch order.holdOut {
        case .nothing: break
        case .share(let share): split = RecordSplit(share: share)
        case .records(let ids):
            var split = RecordSplit()
            try await Self.forEach(of: ids, of: connection, in: store) { split.holdOut($0) }
            self.split = split
        }
        if let named = order.namedRecords {
            try await Self.forEach(of: named, of: connection, in: store) { include($0) }
        } else {
            try await takeAll(of: connection, in: store)
        }
        if let parts = split?.finish() { take(parts) }
    }

    private mutating func takeAll(of connection: ObjectID, in store: StateStore) async throws {
        var last: ObjectID?
        while true {
            let records = try await store.records(of: connection, after: last, limit: Self.batch)
            guard let newest = records.last else { return }
            for record in records { take(record) }
            last = newest.id
        }
    }

    private mutating func take(_ record: TrainingData.GoldenRecord) {
        guard case .invalid(let reason) = record.check else { return include(record) }
        invalidCount += 1
        if invalidReasons.count < Self.reasonsTold { invalidReasons.append("\(record.id): \(reason)") }
    }

    private mutating func include(_ record: TrainingData.GoldenRecord) {
        if split == nil { included.append(record.id) } else { split?.add(record) }
    }

    private mutating func take(_ parts: SplitRecords) {
        split = nil
        included = parts.training
        heldOut = parts.heldOut
        overlappingCount = parts.overlapping.count
        overlaps = parts.overlapping.prefix(Self.reasonsTold).map { "\($0.recordID): \($0.reason)" }
    }

    private static func forEach(
        of ids: [ObjectID], of connection: ObjectID, in store: StateStore,
        _ body: (TrainingData.GoldenRecord) -> Void
    ) async throws {
        for start in stride(from: 0, to: ids.count, by: batch) {
            for record in try await store.records(Array(ids[start...].prefix(batch))) {
                guard record.connectionID == connection else { throw APIError.foreign(record.id) }
                if case .invalid(let reason) = record.check { throw APIError.untrainable(record.id, reason) }
                body(record)
            }
        }
    }
}

/// Chooses the records of orders, on a thread that may take its time.
actor RecordChoice {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore

    init(store: StateStore, worker: Worker) {
        self.store = store
        unownedExecutor = worker.executor
    }

    /// The records of an order.
    func records(of order: FinetuningOrder) async throws -> TrainableRecords {
        try await TrainableRecords(of: order, in: store)
    }
}

extension APIError {
    fileprivate static func foreign(_ record: ObjectID) -> APIError {
        APIError(
            .invalidGoldenRecord, "golden record \(record) belongs to another database connection",
            remedy: "Name golden records of the finetuning's own connection.",
            detail: ["golden_record_id": .string(record.description)])
    }

    fileprivate static func untrainable(_ record: ObjectID, _ reason: String) -> APIError {
        APIError(
            .invalidGoldenRecord, "golden record \(record) cannot be used: \(reason)",
            remedy: "Correct its SQL, or do not name it.",
            detail: ["golden_record_id": .string(record.description), "reason": .string(reason)])
    }
}
