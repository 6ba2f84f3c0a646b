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
            let seconds = UInt32(clamping: now.microseconds / 1_000_000)
            let id =
                if let last, seconds <= last.seconds {
                    last.successor
                } else {
                    ObjectID(seconds: seconds, suffix: UInt64.random(in: 0..<(1 << 63)))
                }
            last = id
            return id
        }
    }
}

extension ObjectID {
    fileprivate var successor: ObjectID {
        let (sum, overflow) = suffix.addingReportingOverflow(1)
        return ObjectID(seconds: overflow ? seconds + 1 : seconds, suffix: sum)
    }
}
