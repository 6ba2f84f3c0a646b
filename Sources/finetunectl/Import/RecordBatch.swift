import FinetuneAPI
import Identifiers

/// Golden records that go in one request, which adds all or none.
struct RecordBatch: Equatable, Sendable {
    /// The records as the request carries them.
    private(set) var records: [JSONValue] = []
    /// Where each begins in its file.
    private(set) var lines: [Int] = []
    /// The bytes of the request's line, in all but its envelope.
    private(set) var byteCount = 2

    fileprivate mutating func add(_ record: JSONValue, line: Int, bytes: Int) {
        records.append(record)
        lines.append(line)
        byteCount += bytes + 1
    }

    /// The batch without one of its records.
    func removing(at place: Int) -> RecordBatch {
        var batch = self
        batch.records.remove(at: place)
        batch.lines.remove(at: place)
        return batch
    }
}

/// Gathers records into batches that the daemon takes.
struct RecordBatcher: Sendable {
    /// The most records of a batch.
    let maximumRecords: Int
    /// The most bytes of a batch.
    let maximumBytes: Int
    private let connection: ObjectID
    private var current = RecordBatch()

    /// What a request's line has besides its body, generously.
    private static let envelopeBytes = 256

    init(connection: ObjectID, maximumRecords: Int, lineBytes: Int) {
        self.connection = connection
        self.maximumRecords = maximumRecords
        maximumBytes = lineBytes - Self.envelopeBytes
    }

    /// Adds a record; returns the batch that had no room for it.
    mutating func add(_ record: ImportedRecord) -> RecordBatch? {
        let json = record.json(for: connection)
        let bytes = json.bytes.count
        let hasRoom = current.records.count < maximumRecords && current.byteCount + bytes + 1 <= maximumBytes
        let full = hasRoom ? nil : flush()
        current.add(json, line: record.line, bytes: bytes)
        return full
    }

    /// The records that are left, if there are any.
    mutating func flush() -> RecordBatch? {
        defer { current = RecordBatch() }
        return current.records.isEmpty ? nil : current
    }

    /// Why a record fits no request; nothing if it does.
    func obstacle(to record: ImportedRecord) -> RowProblem? {
        // Escapes make six bytes of one at most, so short records need no closer look.
        let plainBytes = record.promptText.utf8.count + record.sql.utf8.count
        if record.metadata == nil, plainBytes < maximumBytes / 8 { return nil }
        guard record.json(for: connection).bytes.count + 2 > maximumBytes else { return nil }
        return RowProblem(reason: "the record is longer than the daemon's limit of a request")
    }
}
