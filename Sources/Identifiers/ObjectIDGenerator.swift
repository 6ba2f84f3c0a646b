private import Synchronization

/// Makes ids that increase, also within one second and when the clock is set back.
package final class ObjectIDGenerator: Sendable {
    private let last: Mutex<ObjectID?>

    /// Starts a generator. `last` is the newest id already in use, below which none is made.
    package init(after last: ObjectID? = nil) {
        self.last = Mutex(last)
    }

    /// An id above every id that this generator made before.
    ///
    /// The suffix starts at a random place in the lower half of its range each second, and counts up from there.
    package func next(now: Timestamp = .now) -> ObjectID {
        last.withLock { last in
            let id = Self.next(after: last, now)
            last = id
            return id
        }
    }

    /// So many ids, one after the other, all above every id that this generator made before.
    package func block(of count: Int, now: Timestamp = .now) -> ObjectIDBlock {
        last.withLock { last in
            let block = ObjectIDBlock(first: Self.next(after: last, now), count: count)
            last = block.last ?? last
            return block
        }
    }

    private static func next(after last: ObjectID?, _ now: Timestamp) -> ObjectID {
        let seconds = UInt32(clamping: now.microseconds / 1_000_000)
        if let last, seconds <= last.seconds { return last.advanced(by: 1) }
        return ObjectID(seconds: seconds, suffix: UInt64.random(in: 0..<(1 << 63)))
    }
}

/// Ids that follow one another.
package struct ObjectIDBlock: RandomAccessCollection, Sendable {
    private let first: ObjectID
    /// How many there are.
    package let count: Int

    fileprivate init(first: ObjectID, count: Int) {
        self.first = first
        self.count = count
    }

    /// The place of the first.
    package var startIndex: Int { 0 }
    /// The place after the last.
    package var endIndex: Int { count }
    /// The id at a place.
    package subscript(place: Int) -> ObjectID { first.advanced(by: place) }
}

extension ObjectID {
    fileprivate func advanced(by steps: Int) -> ObjectID {
        let (sum, overflow) = suffix.addingReportingOverflow(UInt64(steps))
        return ObjectID(seconds: overflow ? seconds + 1 : seconds, suffix: sum)
    }
}
