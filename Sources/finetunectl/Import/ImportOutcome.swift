import FinetuneAPI
import Identifiers

/// What became of the records that were sent.
struct ImportOutcome: Sendable {
    /// A record that was added and stays out of training.
    struct InvalidRecord: Equatable, Sendable {
        let line: Int
        let id: ObjectID
        let reason: String
    }

    private(set) var added = 0
    private(set) var counts: [RecordCheck.Status: Int] = [:]
    private(set) var invalid: [InvalidRecord] = []
    /// Records that the daemon refused, with --skip-bad.
    private(set) var refused: [BrokenRow] = []

    /// Counts the records of a batch that was added.
    mutating func add(_ batch: ImportedRecords, lines: [Int]) {
        added += batch.imported
        for status in RecordCheck.Status.allCases where batch.checks[status] > 0 {
            counts[status, default: 0] += batch.checks[status]
        }
        for record in batch.invalid where lines.indices.contains(record.index) {
            invalid.append(.init(line: lines[record.index], id: record.id, reason: record.reason))
        }
    }

    /// Counts a record that the daemon refused.
    mutating func add(_ row: BrokenRow) {
        refused.append(row)
    }
}
