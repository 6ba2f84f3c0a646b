import FinetuneAPI
import Identifiers

/// Golden records that go in one request, which adds all or none.
struct RecordBatch: Equatable, Sendable {
    /// The records as the request carries them, one after the other, each with the comma after it.
    private var elements: [UInt8] = []
    /// Where each ends among them.
    private var ends: [Int] = []
    /// Where each begins in its file.
    private(set) var lines: [Int] = []

    /// How many there are.
    var count: Int { lines.count }

    /// The bytes of the request's line, in all but its envelope.
    var byteCount: Int { elements.count + 2 }

    /// The request's body: an array.
    var body: [UInt8] { [UInt8(ascii: "[")] + elements.dropLast() + [UInt8(ascii: "]")] }

    fileprivate mutating func add(_ record: [UInt8], line: Int) {
        elements += record
        elements.append(UInt8(ascii: ","))
        ends.append(elements.count)
        lines.append(line)
    }

    /// The batch without one of its records.
    func removing(at place: Int) -> RecordBatch {
        var batch = RecordBatch()
        for other in lines.indices where other != place {
            let start = other == 0 ? 0 : ends[other - 1]
            batch.add(Array(elements[start..<ends[other] - 1]), line: lines[other])
        }
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
        let hasRoom = current.count < maximumRecords && current.byteCount + json.count + 1 <= maximumBytes
        let full = hasRoom ? nil : flush()
        current.add(json, line: record.line)
        return full
    }

    /// The records that are left, if there are any.
    mutating func flush() -> RecordBatch? {
        defer { current = RecordBatch() }
        return current.count == 0 ? nil : current
    }

    /// Why a record fits no request; nothing if it does.
    func obstacle(to record: ImportedRecord) -> RowProblem? {
        // Escapes make six bytes of one at most, so short records need no closer look.
        let plainBytes = record.promptText.utf8.count + record.sql.utf8.count
        if record.metadata == nil, plainBytes < maximumBytes / 8 { return nil }
        guard record.json(for: connection).count + 2 > maximumBytes else { return nil }
        return RowProblem(reason: "the record is longer than the daemon's limit of a request")
    }
}
