import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// Chooses the golden records that an order holds out, and looks at those that it names, by the checks that are stored
/// with them. Comparing records takes long where they are many, so it works on a thread that may take its time.
actor HeldOutChoice {
    private static let batch = 500

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore

    init(store: StateStore, worker: Worker) {
        self.store = store
        unownedExecutor = worker.executor
    }

    /// What an order holds out. A record that it names and that cannot be used is refused.
    func records(of order: FinetuningOrder) async throws -> HeldOutRecords {
        let connection = order.connection.id
        var heldOut = HeldOutRecords()
        switch order.holdOut {
        case .nothing: try await forEach(of: order.namedRecords ?? [], of: connection) { _ in }
        case .records(let ids):
            try await forEach(of: ids, of: connection) { heldOut.add($0) }
            try await forEach(of: order.namedRecords ?? [], of: connection) { _ in }
        case .share(let share):
            if let named = order.namedRecords {
                try await forEach(of: named, of: connection) { heldOut.add($0, ifWithin: share) }
            } else {
                try await forEachUsable(of: connection) { heldOut.add($0, ifWithin: share) }
            }
        }
        return heldOut
    }

    private func forEachUsable(of connection: ObjectID, _ body: (TrainingData.GoldenRecord) -> Void) async throws {
        var last: ObjectID?
        while true {
            let records = try await store.records(of: connection, after: last, limit: Self.batch)
            guard let newest = records.last else { return }
            for record in records where !record.isInvalid { body(record) }
            last = newest.id
        }
    }

    private func forEach(
        of ids: [ObjectID], of connection: ObjectID, _ body: (TrainingData.GoldenRecord) -> Void
    ) async throws {
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            for record in try await store.records(Array(ids[start...].prefix(Self.batch))) {
                guard record.connectionID == connection else { throw APIError.foreign(record.id) }
                if case .invalid(let reason) = record.check { throw APIError.unusable(record.id, reason) }
                body(record)
            }
        }
    }
}

extension TrainingData.GoldenRecord {
    fileprivate var isInvalid: Bool {
        switch check {
        case .invalid: true
        case .valid, .unchecked: false
        }
    }
}

extension APIError {
    fileprivate static func foreign(_ record: ObjectID) -> APIError {
        APIError(
            .invalidGoldenRecord, "golden record \(record) belongs to another database connection",
            remedy: "Name golden records of the finetuning's own connection.",
            detail: ["golden_record_id": .string(record.description)])
    }

    fileprivate static func unusable(_ record: ObjectID, _ reason: String) -> APIError {
        APIError(
            .invalidGoldenRecord, "golden record \(record) cannot be used: \(reason)",
            remedy: "Correct its SQL, or do not name it.",
            detail: ["golden_record_id": .string(record.description), "reason": .string(reason)])
    }
}
