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
    /// Once it is wanted, no further batch is sent; those under way are waited for.
    let interruption: Interruption
    /// Told how many records have been dealt with.
    let progress: @Sendable (Int) async -> Void

    // Enough that neither side waits for the other. The daemon numbers what it adds as it comes in, so the records'
    // order in the file is their order there. Where it takes fewer in a second, one is sent after the other, or a later
    // one would come in before the one that waits.
    private static let batchesInFlight = 3

    /// Sends all records. If that fails half-way, `ImportInterrupted` tells what is in.
    func send() async throws -> ImportOutcome {
        var outcome = ImportOutcome()
        var batches = Batches(file: file, batcher: batcher)
        var inFlight: [(batch: RecordBatch, reply: PendingReply)] = []
        var failure: (cause: any Error, line: Int)?
        var most = Self.batchesInFlight
        while true {
            while failure == nil, !interruption.isWanted, inFlight.count < most, let batch = try await batches.next() {
                inFlight.append((batch, begin(batch)))
            }
            guard !inFlight.isEmpty else { break }
            let (batch, reply) = inFlight.removeFirst()
            do {
                try await finish(batch, reply, &outcome, &most)
            } catch {
                failure = failure ?? (Task.isCancelled ? interruption.status : error, batch.lines[0])
            }
            await progress(outcome.added + outcome.refused.count)
        }
        if failure == nil, interruption.isWanted, let unsent = try await batches.next() {
            failure = (interruption.status, unsent.lines[0])
        }
        if let failure {
            throw ImportInterrupted(outcome: outcome, firstMissingLine: failure.line, cause: failure.cause)
        }
        return outcome
    }

    private func begin(_ batch: RecordBatch) -> PendingReply {
        let signature = Routes.importRecords.signature
        return session.begin(
            Request(method: signature.method, path: signature.path.path(nil)), body: batch.body)
    }

    /// Leaves one batch in flight if the daemon takes fewer in a second.
    private func finish(
        _ batch: RecordBatch, _ pending: PendingReply, _ outcome: inout ImportOutcome, _ most: inout Int
    ) async throws {
        var batch = batch
        var pending = pending
        while true {
            do {
                let received = try await session.reply(to: pending)
                if received.wasOneTooMany { most = 1 }
                let added: ImportedRecords = try received.reply.response()
                return outcome.add(added, lines: batch.lines)
            } catch ClientError.refused(let status, let refusal) {
                let place = refusal.recordPlace(of: batch.count)
                guard let place, skipsBad else {
                    throw ClientError.refused(
                        status: status, refusal.located(in: file.name, at: place.map { batch.lines[$0] }))
                }
                outcome.add(BrokenRow(line: batch.lines[place], problem: RowProblem(reason: refusal.message)))
                batch = batch.removing(at: place)
                guard batch.count > 0 else { return }
                pending = begin(batch)
            }
        }
    }
}

/// An import that ended before all records were sent.
struct ImportInterrupted: Error {
    /// What is in.
    let outcome: ImportOutcome
    /// The line of the first record that may not be.
    let firstMissingLine: Int
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
