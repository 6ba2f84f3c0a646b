package import Identifiers

/// The golden records that are held out to measure a model on, which tell of any other whether it may be trained on.
///
/// Neither a question nor an SQL skeleton is on both sides, and no record changes sides because others come or go. These
/// promises pull against each other: records that share a question or a skeleton hang together, and one new record
/// can tie two groups into one. The rule keeps both:
///
/// 1. Where a share is held out, a record's side follows from the digest of its own skeleton and nothing else. All
///    records of one skeleton are on one side, for good.
/// 2. A record on the training side whose question is also on the held-out side stays out of training. It is
///    reported, and changes sides never. What is held out thus stays the same to measure one model after another on.
///
/// Where records are named instead, those are held out, and what shares a question or a skeleton with one of them stays
/// out of training.
package struct HeldOutRecords: Sendable {
    /// How a record stands to those that are held out.
    package enum Relation: Hashable, Sendable {
        /// They have nothing in common.
        case apart
        /// It is one of them.
        case member
        /// It must not be trained on, because part of it is held out: for this reason.
        case overlapping(reason: String)
    }

    /// Their ids, in the order in which they were added.
    package private(set) var ids: [ObjectID] = []
    private var members: Set<ObjectID> = []
    private var questions: Set<TextDigest> = []
    private var skeletons: Set<TextDigest> = []

    /// None yet.
    package init() {}

    /// Holds a record out.
    package mutating func add(_ record: GoldenRecord) {
        add(record.id, RecordContent(record))
    }

    /// Holds a record out if it belongs to this share of all that there could be. A greater share holds out the same
    /// records and more.
    package mutating func add(_ record: GoldenRecord, ifWithin share: Double) {
        let content = RecordContent(record)
        if Double(content.skeleton.high) < share * 0x1p64 { add(record.id, content) }
    }

    private mutating func add(_ id: ObjectID, _ content: RecordContent) {
        guard members.insert(id).inserted else { return }
        ids.append(id)
        questions.insert(content.question)
        skeletons.insert(content.skeleton)
    }

    /// How a record stands to these.
    package func relation(to record: GoldenRecord) -> Relation {
        if ids.isEmpty { return .apart }
        if members.contains(record.id) { return .member }
        let content = RecordContent(record)
        if questions.contains(content.question) {
            return .overlapping(reason: "its question is held out for validation")
        }
        if skeletons.contains(content.skeleton) {
            return .overlapping(reason: "SQL of its form is held out for validation")
        }
        return .apart
    }
}
