import Identifiers

/// Which jobs are to be worked on, and when. Decides alone and does nothing.
///
/// A job is worked on by one worker at a time. One that is woken meanwhile is due again at once when its worker
/// is done with it.
struct JobSchedule: Sendable {
    private var due: [ObjectID: Timestamp] = [:]
    private var queue = Heap()
    private var working: Set<ObjectID> = []
    private var wokenMeanwhile: Set<ObjectID> = []

    /// Jobs that wait or are worked on.
    var count: Int { due.count + working.count }

    /// Jobs that are worked on.
    var workingCount: Int { working.count }

    /// The moment at which the next job is due.
    var nextDue: Timestamp? {
        mutating get {
            dropStale()
            return queue.first?.at
        }
    }

    /// A job is to be worked on at a moment, or before if it was due before already.
    mutating func schedule(_ job: ObjectID, at moment: Timestamp) {
        if working.contains(job) {
            wokenMeanwhile.insert(job)
        } else if due[job].map({ moment < $0 }) ?? true {
            due[job] = moment
            queue.insert(Heap.Entry(at: moment, job: job))
        }
    }

    /// Takes the next job that is due, if there is one.
    mutating func start(at now: Timestamp) -> ObjectID? {
        dropStale()
        guard let next = queue.first, next.at <= now else { return nil }
        queue.removeFirst()
        due[next.job] = nil
        working.insert(next.job)
        return next.job
    }

    /// A job was worked on; it is due again at `next`, or over.
    mutating func finish(_ job: ObjectID, next: Timestamp?, now: Timestamp) {
        working.remove(job)
        let isWoken = wokenMeanwhile.remove(job) != nil
        if let next { schedule(job, at: isWoken ? min(now, next) : next) }
    }

    // An entry whose job was scheduled anew, or is worked on, stays in the heap until it comes up.
    private mutating func dropStale() {
        while let first = queue.first, due[first.job] != first.at { queue.removeFirst() }
    }
}

/// A binary heap of moments, the earliest first.
private struct Heap: Sendable {
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
