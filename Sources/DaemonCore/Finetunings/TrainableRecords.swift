import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// The golden records that an order trains on, by the checks that are stored with them.
struct TrainableRecords: Sendable {
    private static let batch = 1_000
    private static let reasonsTold = 5

    /// Those that are trained on, in order.
    private(set) var included: [ObjectID] = []
    /// How many stay out because their check says `invalid`.
    private(set) var leftOutCount = 0
    private var reasons: [String] = []

    /// What is to be told when the order is accepted.
    var happenings: [Happening] {
        let accepted = Happening.accepted(records: included.count)
        guard leftOutCount > 0 else { return [accepted] }
        return [accepted, .recordsLeftOut(LeftOutRecords(count: leftOutCount, reasons: reasons))]
    }

    /// Chooses the records of an order. A record that was named and cannot be trained on is refused.
    init(of order: FinetuningOrder, in store: StateStore) async throws {
        if let named = order.namedRecords {
            try await take(named, of: order.connection.id, in: store)
        } else {
            try await takeAll(of: order.connection.id, in: store)
        }
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
        guard case .invalid(let reason) = record.check else {
            included.append(record.id)
            return
        }
        leftOutCount += 1
        if reasons.count < Self.reasonsTold { reasons.append("\(record.id): \(reason)") }
    }

    private mutating func take(_ ids: [ObjectID], of connection: ObjectID, in store: StateStore) async throws {
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            for record in try await store.records(Array(ids[start...].prefix(Self.batch))) {
                guard record.connectionID == connection else { throw APIError.foreign(record.id) }
                if case .invalid(let reason) = record.check { throw APIError.untrainable(record.id, reason) }
                included.append(record.id)
            }
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

    fileprivate static func untrainable(_ record: ObjectID, _ reason: String) -> APIError {
        APIError(
            .invalidGoldenRecord, "golden record \(record) cannot be trained on: \(reason)",
            remedy: "Correct its SQL, or leave it out of golden_records.",
            detail: ["golden_record_id": .string(record.description), "reason": .string(reason)])
    }
}
