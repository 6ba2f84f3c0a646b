import Identifiers

/// The jobs that stand in line in one lane, and who of them is next.
///
/// Database connections take turns, whatever the number of their jobs, and none may have more than three quarters of
/// the places: so a connection with ten jobs hardly notices another one with ten thousand, though each of those should
/// hold its place for minutes.
struct LaneQueue: Sendable {
    private let places: Int
    private var jobs: [ObjectID: Line] = [:]
    private var turns = Line()
    private var working: [ObjectID: Int] = [:]
    private var workingCount = 0

    /// A lane with so many places, more than none.
    init(places: Int) {
        self.places = places
    }

    /// Whether there is nothing to remember of it.
    var isUnused: Bool { workingCount == 0 && turns.isEmpty }

    /// A job of this connection is due.
    mutating func append(_ job: ObjectID, of connection: ObjectID) {
        if jobs[connection] == nil { turns.append(connection) }
        jobs[connection, default: Line()].append(job)
    }

    /// Gives a place to the job whose turn it is; nothing if no place is free, or no job may have it.
    mutating func next() -> ObjectID? {
        guard workingCount < places else { return nil }
        for _ in 0..<turns.count {
            let connection = turns.removeFirst()
            guard working[connection, default: 0] < share, let job = jobs[connection]?.removeFirst() else {
                turns.append(connection)
                continue
            }
            if jobs[connection]?.isEmpty == true { jobs[connection] = nil } else { turns.append(connection) }
            working[connection, default: 0] += 1
            workingCount += 1
            return job
        }
        return nil
    }

    /// A job of this connection gives its place back.
    mutating func finish(of connection: ObjectID) {
        let left = working[connection, default: 1] - 1
        working[connection] = left == 0 ? nil : left
        workingCount -= 1
    }

    private var share: Int { places - places / 4 }
}

/// Who came first is first. What is gone from its front is cleared away when it is more than what is left.
private struct Line: Sendable {
    private var items: [ObjectID] = []
    private var start = 0

    var count: Int { items.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ item: ObjectID) {
        items.append(item)
    }

    mutating func removeFirst() -> ObjectID {
        let first = items[start]
        start += 1
        if start * 2 > items.count {
            items.removeFirst(start)
            start = 0
        }
        return first
    }
}
