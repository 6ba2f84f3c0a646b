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
    mutating func add(_ records: [AddedRecord], lines: [Int]) {
        added += records.count
        for (record, line) in zip(records, lines) {
            counts[record.check.status, default: 0] += 1
            if record.check.status == .invalid {
                invalid.append(.init(line: line, id: record.id, reason: record.check.reason ?? "no reason given"))
            }
        }
    }

    /// Counts a record that the daemon refused.
    mutating func add(_ row: BrokenRow) {
        refused.append(row)
    }

    /// Takes over what another part of the import found.
    mutating func merge(_ other: ImportOutcome) {
        added += other.added
        counts.merge(other.counts, uniquingKeysWith: +)
        invalid += other.invalid
        refused += other.refused
    }
}

/// As much of a golden record's reply as an import needs.
struct AddedRecord: Decodable, Sendable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, check
    }

    let id: ObjectID
    let check: RecordCheck
}
