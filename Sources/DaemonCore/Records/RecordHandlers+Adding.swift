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

    /// Adds one record whose SQL is quickly checked. Whatever else is asked, or is wrong with it, goes the long way.
    func createPromptly(
        _ request: IncomingRequest, _ stream: ReplyStream, _ end: @escaping Endpoint.PromptEnd
    ) -> Bool {
        guard let ids = request.ids, ids.count == 1, let (record, generation, body) = checkedAtOnce(request, ids) else {
            return false
        }
        store.insert([record], keeping: request.ticket.keeping(json: body)) { result in
            switch result {
            case .success(let first):
                stream.finish(status: Routes.createRecords.signature.replies.lastStatus, body: first ?? body)
                runs.wake()
                end(.success(rest(of: record, checkedAt: generation)))
            case .failure(let error): end(.failure(error))
            }
        }
        return true
    }

    // Nothing, as a rule.
    private func rest(
        of record: TrainingData.GoldenRecord, checkedAt generation: Int
    ) -> (@Sendable () async -> Void)? {
        guard rechecks.isOutdated(generation, of: record.connectionID) else { return nil }
        return { await settle([record], checkedAt: generation, connection: record.connectionID) }
    }

    private func checkedAtOnce(
        _ request: IncomingRequest, _ ids: ObjectIDBlock
    ) -> (record: TrainingData.GoldenRecord, generation: Int, body: [UInt8])? {
        do {
            var records = try records(type(of: Routes.createRecords).call(request).body, numbered: ids)
            let found = rechecks.checkAtOnce(records[0].sql, connection: records[0].connectionID)
            guard let (check, generation) = found else { return nil }
            records[0].check = check.check
            records[0].execution = check.execution
            return (records[0], generation, try WireEncoder().encode(records.map { try Wire.GoldenRecord($0) }))
        } catch {
            // It is found again, and told, by the long way.
            return nil
        }
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
                    promptText: try FieldChecks.storedText(new.promptText, field: "\(place).prompt_text"),
                    sql: try FieldChecks.storedText(new.sql, field: "\(place).sql"),
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
