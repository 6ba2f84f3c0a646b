import FinetuneAPI
import Identifiers
import Logging
import Store
import TrainingData

extension RecordHandlers {
    /// What adds golden records, whichever way it is answered.
    typealias Addition = Call<Nothing, Nothing, [NewGoldenRecord]>

    /// Adds records, and answers with all of them.
    func create(_ call: Addition, _ reply: PromptReply<[Wire.GoldenRecord]>) async throws {
        try await add(call, reply) { try $0.map { try Wire.GoldenRecord($0) } }
    }

    /// Adds records, and answers with what there is to tell of them.
    func importRecords(_ call: Addition, _ reply: PromptReply<ImportedRecords>) async throws {
        try await add(call, reply) { try ImportedRecords($0) }
    }

    private func add<Answer>(
        _ call: Addition, _ reply: PromptReply<Answer>,
        answering: ([TrainingData.GoldenRecord]) throws -> Answer
    ) async throws {
        var records = try records(call.body, numbered: call.ids ?? ids.block(of: call.body.count))
        var checked: [(connection: ObjectID, generation: Int, places: [Int])] = []
        for (connection, places) in Dictionary(grouping: records.indices, by: { records[$0].connectionID }) {
            let (checks, generation) = try await rechecks.checks(
                of: places.map { records[$0].sql }, connection: connection)
            checked.append((connection, generation, places))
            for (place, found) in zip(places, checks) {
                records[place].check = found.check
                records[place].execution = found.execution
            }
        }
        let body = try reply.body(answering(records))
        try await store.insert(records, keeping: call.keeping(json: body)) { reply.send(body) }
        for (connection, generation, places) in checked {
            await settle(places.map { records[$0] }, checkedAt: generation, connection: connection)
        }
    }

    // They are stored, and their sender knows.
    private func settle(
        _ records: [TrainingData.GoldenRecord], checkedAt generation: Int, connection: ObjectID
    ) async {
        do {
            try await rechecks.settle(records, checkedAt: generation, connection: connection)
        } catch {
            logger.warning("golden records were added while their tables changed, and not checked again: \(error)")
        }
    }

    private func records(
        _ news: [NewGoldenRecord], numbered ids: ObjectIDBlock
    ) throws(APIError) -> [TrainingData.GoldenRecord] {
        guard !news.isEmpty else { throw .invalidField("body", "must hold at least one golden record") }
        let now = Timestamp.now
        var records: [TrainingData.GoldenRecord] = []
        records.reserveCapacity(news.count)
        for (place, new) in news.enumerated() {
            records.append(
                TrainingData.GoldenRecord(
                    id: ids[place], connectionID: new.databaseConnection,
                    promptText: try FieldChecks.text(new.promptText, field: "\(place).prompt_text"),
                    sql: try FieldChecks.text(new.sql, field: "\(place).sql"),
                    metadata: try FieldChecks.metadata(new.metadata), check: .unchecked(reason: "not checked yet"),
                    createdAt: now, updatedAt: now))
        }
        return records
    }
}

extension ImportedRecords {
    /// The summary of what was added, at least one record.
    fileprivate init(_ records: [TrainingData.GoldenRecord]) throws(APIError) {
        guard let first = records.first, let last = records.last else {
            throw .invalidField("body", "must hold at least one golden record")
        }
        var checks = CheckCounts()
        var invalid: [InvalidRecord] = []
        for (place, record) in records.enumerated() {
            checks[Wire.RecordCheck.Status(record.check)] += 1
            if case .invalid(let reason) = record.check {
                invalid.append(InvalidRecord(index: place, id: record.id, reason: reason))
            }
        }
        self.init(imported: records.count, first: first.id, last: last.id, checks: checks, invalid: invalid)
    }
}
