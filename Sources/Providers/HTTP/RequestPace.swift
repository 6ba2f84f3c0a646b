import Synchronization

/// Lets so many requests begin in a second and no more, first come, first served.
final class RequestPace: Sendable {
    private let slots: Mutex<RequestSlots>

    /// A pace of so many requests a second, more than none.
    init(perSecond: Int) {
        slots = Mutex(RequestSlots(perSecond: perSecond, from: .now))
    }

    /// Waits for a slot. Throws `CancellationError`.
    func takeSlot() async throws {
        let slot = slots.withLock { $0.take(at: .now) }
        if slot > .now { try await Task.sleep(until: slot, clock: .continuous) }
    }
}

/// When requests may begin. Whoever comes takes the next free slot, so nobody has to look twice. After a quiet time,
/// up to one second's worth may begin at once.
struct RequestSlots: Sendable {
    private static let burst = Duration.seconds(1)

    private let interval: Duration
    private var next: ContinuousClock.Instant

    /// So many slots a second, more than none, after a quiet time.
    init(perSecond: Int, from now: ContinuousClock.Instant) {
        interval = .seconds(1) / perSecond
        next = now - Self.burst
    }

    /// Takes a slot; one that is not later than now is to be used at once.
    mutating func take(at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        let slot = max(next, now - Self.burst)
        next = slot + interval
        return slot
    }
}
