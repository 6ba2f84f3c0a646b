internal import Identifiers

/// The records that one problem is about: how many, and the first of them.
struct ConcernedRecords {
    private(set) var count = 0
    private(set) var listed: [ObjectID] = []

    mutating func add(_ record: ObjectID) {
        count += 1
        if listed.count < DatasetPlanner.listLimit { listed.append(record) }
    }
}
