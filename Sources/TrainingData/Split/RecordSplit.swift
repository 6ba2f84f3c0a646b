package import Identifiers

/// Parts golden records into those to train on and those to measure on, so that neither a question nor an SQL
/// skeleton is on both sides, and so that no record changes sides because others come or go.
///
/// The two promises pull against each other: records that share a question or a skeleton hang together, and one new
/// record can tie two groups into one. The rule keeps both:
///
/// 1. Where a share is held out, a record's side follows from the digest of its own skeleton and nothing else. All
///    records of one skeleton are on one side, for good.
/// 2. A record on the training side whose question is also on the held-out side stays out of training. It is
///    reported, and changes sides never. What is held out thus stays the same to measure one model after another on.
///
/// Where records are named instead, those are held out, and what shares a question or a skeleton with one of them stays
/// out of training.
package struct RecordSplit: Sendable {
    /// The share that is held out; nothing where records are named.
    private let share: Double?
    private var heldOut = HeldOutRecords()
    private var candidates: [(id: ObjectID, content: RecordContent)] = []

    /// Starts a split that holds out this share of what is added, or only what `holdOut` takes.
    package init(share: Double? = nil) {
        self.share = share
    }

    /// Takes the next record that is to be trained on if it is not held out.
    package mutating func add(_ record: GoldenRecord) {
        let content = RecordContent(record)
        if let share, content.isHeldOut(share: share) {
            heldOut.add(record.id, content)
        } else {
            candidates.append((record.id, content))
        }
    }

    /// Takes a record that is to be held out.
    package mutating func holdOut(_ record: GoldenRecord) {
        heldOut.add(record)
    }

    /// The parts, each in the order in which its records were added.
    package func finish() -> SplitRecords {
        var parts = SplitRecords(heldOut: heldOut)
        for (id, content) in candidates {
            switch heldOut.relation(to: id, content) {
            case .apart: parts.training.append(id)
            case .member: break
            case .overlapping(let reason):
                parts.overlapping.append(ExcludedRecord(recordID: id, reason: reason))
            }
        }
        return parts
    }
}

/// The parts of a split.
package struct SplitRecords: Sendable {
    /// What is trained on.
    package var training: [ObjectID] = []
    /// What is held out.
    package var heldOut: HeldOutRecords
    /// What is on neither side, because part of it is held out.
    package var overlapping: [ExcludedRecord] = []
}
