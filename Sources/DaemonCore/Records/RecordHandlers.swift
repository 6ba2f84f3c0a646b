import FinetuneAPI
import Identifiers
import Logging
import Store
import TrainingData

/// Answers for golden records.
struct RecordHandlers: Sendable {
    let store: StateStore
    let ids: ObjectIDGenerator
    let rechecks: RecordRechecking
    let runs: RecordRunning
    /// The thread that `rechecks` works on.
    let checker: Worker
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.createRecords.answered(numberingBy: ids, on: checker) {
                try await create($0, $1)
            } promptly: {
                createPromptly($0, $1, $2)
            },
            Routes.importRecords.answered(numberingBy: ids, on: checker) { try await importRecords($0, $1) },
            Routes.listRecords.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                let records = try await store.records(of: call.query.databaseConnection, page)
                return try records.items.map { try Wire.GoldenRecord($0) }
            },
            Routes.readRecord.answered { try Wire.GoldenRecord(await store.record($0.parameter)) },
            Routes.recordChecks.answered { call in
                let counts = try await store.checkCounts(of: call.parameter)
                return RecordChecks(
                    checks: CheckCounts(valid: counts.valid, invalid: counts.invalid, unchecked: counts.unchecked),
                    waiting: counts.waiting, runsAgain: counts.isSweeping,
                    obstacle: runs.obstacle(of: call.parameter))
            },
            Routes.changeRecord.answered { try await change($0.parameter, $0.body) },
            Routes.deleteRecord.answered { call in
                try await store.deleteRecord(call.parameter)
                return Deleted(id: call.parameter)
            },
        ]
    }

    private func change(_ id: ObjectID, _ changes: GoldenRecordChanges) async throws -> Wire.GoldenRecord {
        let old = try await store.record(id)
        let text = try changes.promptText.map { try FieldChecks.storedText($0, field: "prompt_text") }
        let sql = try changes.sql.map { try FieldChecks.storedText($0, field: "sql") }
        let metadata = try FieldChecks.metadata(changes.metadata)
        let (checks, generation) = try await rechecks.checks(of: [sql ?? old.sql], connection: old.connectionID)
        let record = try await store.updateRecord(id) { record in
            if let text { record.promptText = text }
            if let sql {
                record.sql = sql
                record.check = checks[0].check
                record.execution = checks[0].execution
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
            check: Wire.RecordCheck(record))
    }
}

extension Wire.RecordCheck {
    fileprivate init(_ record: TrainingData.GoldenRecord) {
        self.init(
            status: Status(record.check), reason: record.check.reason,
            execution: Wire.RecordExecution(record.execution))
    }
}

extension Wire.RecordCheck.Status {
    /// The wire's word for a check.
    init(_ check: TrainingData.RecordCheck) {
        self =
            switch check {
            case .valid: .valid
            case .invalid: .invalid
            case .unchecked: .unchecked
            }
    }
}

extension Wire.RecordExecution {
    fileprivate init(_ execution: TrainingData.RecordExecution) {
        switch execution {
        case .unavailable: self.init(state: .unavailable)
        case .waiting: self.init(state: .waiting)
        case .done(let run): self.init(state: .done, at: run.at, outcome: Outcome(run.outcome), rows: run.rowCount)
        }
    }
}

extension Wire.RecordExecution.Outcome {
    fileprivate init(_ outcome: RecordRun.Outcome) {
        self =
            switch outcome {
            case .rows: .rows
            case .empty: .empty
            case .tooManyRows: .tooManyRows
            case .failed: .failed
            case .schemaDrift: .schemaDrift
            case .gaveUp: .gaveUp
            }
    }
}
