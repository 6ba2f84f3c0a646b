package import Identifiers

/// The records that one problem is about.
package struct ConcernedRecords: Hashable, Sendable {
    /// How many there are.
    package private(set) var count = 0
    /// The first of them, in the order in which they were added.
    package private(set) var listed: [ConcernedRecord] = []

    mutating func add(_ record: ConcernedRecord) {
        count += 1
        if listed.count < DatasetPlanner.listLimit { listed.append(record) }
    }
}

/// A record that a problem is about.
package struct ConcernedRecord: Hashable, Sendable {
    /// Which.
    package var id: ObjectID
    /// The record before it that it repeats, contradicts or resembles, where the problem is that.
    package var earlier: ObjectID?
}
