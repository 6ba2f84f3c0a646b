import FinetuneAPI
import Identifiers
import Store
import TrainingData

extension RecordHandlers {
    /// What adds golden records, whichever way it is answered.
    typealias Addition = Call<Nothing, Nothing, [NewGoldenRecord]>

    /// Adds records, and answers with all of them.
    func create(_ call: Addition) async throws -> [Wire.GoldenRecord] {
        try await add(call) { try $0.map { try Wire.GoldenRecord($0) } }
    }

    /// Adds records, and answers with what there is to tell of them.
    func importRecords(_ call: Addition) async throws -> ImportedRecords {
        try await add(call) { try ImportedRecords($0) }
    }

    private func add<Answer: Encodable & Sendable & SendableMetatype>(
        _ call: Addition, answering: ([TrainingData.GoldenRecord]) throws -> Answer
    ) async throws -> Answer {
        var records = try records(call.body, numbered: call.ids ?? ids.block(of: call.body.count))
        var generations: [ObjectID: Int] = [:]
        for connection in Set(records.map(\.connectionID)) {
            let places = records.indices.filter { records[$0].connectionID == connection }
            let (checks, generation) = try await rechecks.checks(
                of: places.map { records[$0].sql }, connection: connection)
            generations[connection] = generation
            for (place, found) in zip(places, checks) {
                records[place].check = found.check
                records[place].execution = found.execution
            }
        }
        let answer = try answering(records)
        try await store.insert(records, keeping: call.keeping { _ in answer })
        for (connection, generation) in generations {
            let mine = records.filter { $0.connectionID == connection }
            try await rechecks.settle(mine, checkedAt: generation, connection: connection)
        }
        return answer
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
