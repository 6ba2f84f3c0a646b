import FinetuneAPI
import Identifiers
import LineTransport

/// Sends a file's records, a batch at a time, in the order of the file.
struct RecordSender: Sendable {
    let session: Session
    let file: ImportFile
    let batcher: RecordBatcher
    /// Whether records that the daemon refuses are left out instead of ending the import.
    let skipsBad: Bool
    /// Told how many records have been dealt with.
    let progress: @Sendable (Int) async -> Void

    // The records' order in the file is their order in the daemon, which takes up requests in any.
    private static let batchesInFlight = 1

    /// Sends all records. If that fails half-way, `ImportInterrupted` tells what is in.
    func send() async throws -> ImportOutcome {
        try await withThrowingTaskGroup(of: BatchResult.self) { group in
            var outcome = ImportOutcome()
            var batches = Batches(file: file, batcher: batcher)
            var failure: (any Error)?
            var inFlight = 0
            while true {
                if failure == nil, inFlight < Self.batchesInFlight, let batch = try await batches.next() {
                    group.addTask { await self.send(batch) }
                    inFlight += 1
                } else if let result = try await group.next() {
                    inFlight -= 1
                    outcome.merge(result.outcome)
                    failure = failure ?? result.failure
                    await progress(outcome.added + outcome.refused.count)
                } else {
                    break
                }
            }
            if let failure { throw ImportInterrupted(outcome: outcome, cause: failure) }
            return outcome
        }
    }

    private struct BatchResult: Sendable {
        var outcome = ImportOutcome()
        var failure: (any Error)?
    }

    private func send(_ batch: RecordBatch) async -> BatchResult {
        var result = BatchResult()
        var batch = batch
        while !batch.records.isEmpty {
            do {
                result.outcome.add(try await add(batch), lines: batch.lines)
                return result
            } catch ClientError.refused(let status, let refusal) {
                let place = refusal.recordPlace(of: batch.records.count)
                guard let place, skipsBad else {
                    result.failure = ClientError.refused(
                        status: status, refusal.located(in: file.name, at: place.map { batch.lines[$0] }))
                    return result
                }
                result.outcome.add(BrokenRow(line: batch.lines[place], problem: RowProblem(reason: refusal.message)))
                batch = batch.removing(at: place)
            } catch {
                result.failure = error
                return result
            }
        }
        return result
    }

    private func add(_ batch: RecordBatch) async throws -> [AddedRecord] {
        let signature = Routes.createRecords.signature
        let request = Request(
            method: signature.method, path: signature.path.path(nil), body: .array(batch.records))
        return try await session.send(request).response()
    }
}

/// An import that ended before all records were sent.
struct ImportInterrupted: Error {
    /// What is in.
    let outcome: ImportOutcome
    /// Why.
    let cause: any Error
}

/// A file's records, a batch at a time.
private struct Batches {
    let file: ImportFile
    var batcher: RecordBatcher
    var elements: ArraySlice<RecordReader.Element> = []
    var isAtEnd = false

    mutating func next() async throws -> RecordBatch? {
        while !isAtEnd {
            while let element = elements.popFirst() {
                guard case .record(let record) = element, batcher.obstacle(to: record) == nil else { continue }
                if let full = batcher.add(record) { return full }
            }
            if let next = try await file.next() { elements = next[...] } else { isAtEnd = true }
        }
        return batcher.flush()
    }
}

extension APIError {
    /// Which record of a batch is meant: the first part of the field's path, `12.sql`.
    fileprivate func recordPlace(of count: Int) -> Int? {
        guard let field = detail["field"]?.string, let first = field.split(separator: ".").first,
            let place = Int(first), (0..<count).contains(place)
        else { return nil }
        return place
    }

    fileprivate func located(in file: String, at line: Int?) -> APIError {
        guard let line else { return self }
        var error = self
        error.message = "\(file):\(line): \(message)"
        return error
    }
}
