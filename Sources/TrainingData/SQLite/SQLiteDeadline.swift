/// The moment after which a connection's statements are interrupted, and for a while perhaps an earlier one.
final class SQLiteDeadline {
    private let clock = ContinuousClock()
    private let end: ContinuousClock.Instant
    private var earlierEnd: ContinuousClock.Instant?

    /// A deadline so long after now.
    init(after limit: Duration) {
        end = clock.now + limit
    }

    /// Runs `work` under a limit of its own, as far as the whole allows it.
    func limiting<Failure: Error>(to limit: Duration, _ work: () throws(Failure) -> Void) throws(Failure) {
        earlierEnd = min(end, clock.now + limit)
        defer { earlierEnd = nil }
        try work()
    }

    /// Whether the time of the whole is over, not only that of a part.
    var isOver: Bool { clock.now >= end }

    /// Whether statements are to be interrupted now.
    var hasPassed: Bool { clock.now >= (earlierEnd ?? end) }
}
