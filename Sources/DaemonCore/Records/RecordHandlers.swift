import FinetuneAPI
import Identifiers
import Store
import TrainingData

/// Answers for golden records.
struct RecordHandlers: Sendable {
    let store: StateStore
    let ids: ObjectIDGenerator
    let rechecks: RecordRechecking

    var endpoints: [Endpoint] {
        [
            Routes.createRecords.answered(numberingBy: ids) { try await create($0) },
            Routes.importRecords.answered(numberingBy: ids) { try await importRecords($0) },
            Routes.listRecords.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                let records = try await store.records(of: call.query.databaseConnection, page)
                return try records.items.map { try Wire.GoldenRecord($0) }
            },
            Routes.readRecord.answered { try Wire.GoldenRecord(await store.record($0.parameter)) },
            Routes.changeRecord.answered { try await change($0.parameter, $0.body) },
            Routes.deleteRecord.answered { call in
                try await store.deleteRecord(call.parameter)
                return Deleted(id: call.parameter)
            },
        ]
    }

    private func change(_ id: ObjectID, _ changes: GoldenRecordChanges) async throws -> Wire.GoldenRecord {
        let old = try await store.record(id)
        let text = try changes.promptText.map { try FieldChecks.text($0, field: "prompt_text") }
        let sql = try changes.sql.map { try FieldChecks.text($0, field: "sql") }
        let metadata = try FieldChecks.metadata(changes.metadata)
        let (checks, generation) = try await rechecks.checks(of: [sql ?? old.sql], connection: old.connectionID)
        let record = try await store.updateRecord(id) { record in
            if let text { record.promptText = text }
            if let sql {
                record.sql = sql
                record.check = checks[0]
            }
            record.metadata = metadata.applied(to: record.metadata)
            record.updatedAt = .now
        }
        try await rechecks.settle([record], checkedAt: generation, connection: record.connectionID)
        return try Wire.GoldenRecord(record)
    }
}

extension Wire.GoldenRecord {
    /// The domain's form, as clients read it.
    init(_ record: TrainingData.GoldenRecord) throws {
        self.init(
            id: record.id, databaseConnection: record.connectionID, promptText: record.promptText, sql: record.sql,
            metadata: try record.metadata?.json, createdAt: record.createdAt, updatedAt: record.updatedAt,
            check: Wire.RecordCheck(record.check))
    }
}

extension Wire.RecordCheck {
    init(_ check: TrainingData.RecordCheck) {
        switch check {
        case .valid: self.init(status: .valid, reason: nil)
        case .invalid(let reason): self.init(status: .invalid, reason: reason)
        case .unchecked(let reason): self.init(status: .unchecked, reason: reason)
        }
    }
}
