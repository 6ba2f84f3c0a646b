import Identifiers

/// A binary heap of moments at which jobs are due, the earliest first.
struct DueHeap: Sendable {
    struct Entry: Sendable {
        let at: Timestamp
        let job: ObjectID
    }

    private var entries: [Entry] = []

    var first: Entry? { entries.first }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0, entries[place].at < entries[(place - 1) / 2].at {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var place = 0
        while let child = earlierChild(of: place), entries[child].at < entries[place].at {
            entries.swapAt(place, child)
            place = child
        }
    }

    private func earlierChild(of place: Int) -> Int? {
        let left = 2 * place + 1
        guard left < entries.count else { return nil }
        let right = left + 1
        return right < entries.count && entries[right].at < entries[left].at ? right : left
    }
}
