package import Identifiers

/// The golden records that are held out, to tell of any other whether it may be trained on.
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

    mutating func add(_ id: ObjectID, _ content: RecordContent) {
        guard members.insert(id).inserted else { return }
        ids.append(id)
        questions.insert(content.question)
        skeletons.insert(content.skeleton)
    }

    /// How a record stands to these.
    package func relation(to record: GoldenRecord) -> Relation {
        ids.isEmpty ? .apart : relation(to: record.id, RecordContent(record))
    }

    func relation(to id: ObjectID, _ content: RecordContent) -> Relation {
        if members.contains(id) { return .member }
        if questions.contains(content.question) {
            return .overlapping(reason: "its question is held out for validation")
        }
        if skeletons.contains(content.skeleton) {
            return .overlapping(reason: "SQL of its form is held out for validation")
        }
        return .apart
    }
}
