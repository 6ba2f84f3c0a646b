/// When requests begin: no more at a time than there may be connections, and no more in any second than the pace allows.
///
/// It counts what goes out, not what is asked for, so that nothing gathers between the two.
struct RequestTurns: Sendable {
    // The other side learns a moment later that a connection was given up here.
    private static let closingTime = Duration.milliseconds(100)

    private var freePlaces: Int
    /// When the places of connections that were given up are free again, soonest first.
    private var closing: [ContinuousClock.Instant] = []
    private var slots: RequestSlots

    /// At least one connection, and at least one request in a second.
    init(connections: Int, perSecond: Int, from now: ContinuousClock.Instant) {
        freePlaces = connections
        slots = RequestSlots(perSecond: perSecond, from: now)
    }

    /// Takes a turn, if one is to be had now.
    mutating func begin(at now: ContinuousClock.Instant) -> Bool {
        let closed = closing.prefix { $0 <= now }.count
        closing.removeFirst(closed)
        freePlaces += closed
        guard freePlaces > 0, slots.next <= now else { return false }
        freePlaces -= 1
        slots.use(at: now)
        return true
    }

    /// A request that had its turn ended. What was sent more than once counts as often in the pace.
    mutating func end(at now: ContinuousClock.Instant, isConnectionKept: Bool, sendings: Int = 1) {
        for _ in 0..<max(0, sendings - 1) { slots.use(at: now) }
        if isConnectionKept {
            freePlaces += 1
        } else {
            closing.append(now + Self.closingTime)
        }
    }

    /// When the next turn is to be had; `nil`: once a request ends.
    var next: ContinuousClock.Instant? {
        if freePlaces > 0 { return slots.next }
        return closing.first.map { max($0, slots.next) }
    }
}

/// The pace alone: requests spread evenly, of which a few may begin at once after a quiet moment.
///
/// No second, wherever it begins, has more than the pace in it, and not for the other side either, where one request
/// was on its way a twentieth of a second longer than another. For both, the interval is a tenth longer than an even
/// share would be.
struct RequestSlots: Sendable {
    private static let burst = Duration.milliseconds(50)
    private static let unevenness = Duration.milliseconds(50)

    private let interval: Duration
    /// From when on the next request may begin.
    private(set) var next: ContinuousClock.Instant

    /// So many in a second, more than none, after a quiet time.
    init(perSecond: Int, from now: ContinuousClock.Instant) {
        // Rounded up: a second with one more than the pace in it would be one too many.
        interval = (.seconds(1) + Self.burst + Self.unevenness) / perSecond + .nanoseconds(1)
        next = now - Self.burst
    }

    /// A request begins.
    mutating func use(at now: ContinuousClock.Instant) {
        next = max(next, now - Self.burst) + interval
    }
}
