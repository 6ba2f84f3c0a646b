/// How often something may happen: so often a second in the long run, and as often at once after a second's pause.
struct TokenBucket: Sendable {
    private let perSecond: Double
    private var tokens: Double
    private var filled: ContinuousClock.Instant

    /// A full bucket. `perSecond` is at least 1.
    init(perSecond: Int, at now: ContinuousClock.Instant) {
        self.perSecond = Double(perSecond)
        tokens = Double(perSecond)
        filled = now
    }

    /// Takes one token. If there is none, returns how long it takes until there is.
    mutating func take(at now: ContinuousClock.Instant) -> Duration? {
        tokens = min(perSecond, tokens + filled.duration(to: now) / .seconds(1) * perSecond)
        filled = now
        guard tokens >= 1 else { return .seconds((1 - tokens) / perSecond) }
        tokens -= 1
        return nil
    }
}
