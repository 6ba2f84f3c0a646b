package import Identifiers

/// Keeps calls from a provider that does not answer, and lets one through now and then to see.
package struct CircuitBreaker: Hashable, Sendable {
    /// Whether calls go through.
    package enum State: Hashable, Sendable {
        /// They do.
        case closed
        /// They do not before this moment.
        case open(until: Timestamp)
        /// One is under way to see whether the rest may follow.
        case probing
    }

    /// Whether calls go through.
    package private(set) var state: State = .closed
    private var failures = 0
    private var probeEnds = Timestamp(microseconds: 0)
    private let threshold: Int
    private let pause: Duration

    /// A closed breaker that opens for `pause` after `threshold` failures in a row.
    package init(threshold: Int = 5, pause: Duration = .seconds(30)) {
        self.threshold = threshold
        self.pause = pause
    }

    /// Whether a call may be made now; when `nil`, it may, else not before that moment.
    ///
    /// After the pause the first who asks is the probe; the others wait another pause for its result. When none came
    /// by then, because the probe's caller found no call to make, the next who asks is the probe.
    package mutating func holdOff(at now: Timestamp) -> Timestamp? {
        switch state {
        case .closed: return nil
        case .probing where now < probeEnds: return probeEnds
        case .open(let until) where now < until: return until
        case .open, .probing:
            state = .probing
            probeEnds = now.advanced(by: pause)
            return nil
        }
    }

    /// A call was answered, if only with a refusal.
    package mutating func answered() {
        state = .closed
        failures = 0
    }

    /// A call was not answered, or with a fault of the provider's own.
    package mutating func failed(at now: Timestamp) {
        failures += 1
        if failures >= threshold { state = .open(until: now.advanced(by: pause)) }
    }

    /// A call came to no end that says anything of the provider.
    package mutating func abandoned(at now: Timestamp) {
        if state == .probing { state = .open(until: now) }
    }
}
