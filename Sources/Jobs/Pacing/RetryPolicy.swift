/// How long to wait after a failure, and when to stop believing.
package struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first failure.
    package var shortestDelay: Duration
    /// No wait is longer than this, but what the provider asks for.
    package var longestDelay: Duration
    /// How long a request may still be on its way after its answer was lost, or its caller died: longer than the
    /// longest call, which goes on without its caller.
    package var settleTime: Duration
    /// How often a refused key is tried again by itself.
    package var keyRecheck: Duration
    /// How long an object that was there must be reported missing before that is believed.
    package var missingTime: Duration
    /// How long a model that was just made may be unknown to its provider.
    package var newModelTime: Duration
    /// How often a file's status is asked for before a job is made from it all the same.
    package var fileChecks: Int

    /// A policy; the defaults suit a provider on the internet.
    package init(
        shortestDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(300),
        settleTime: Duration = .seconds(75), keyRecheck: Duration = .seconds(60),
        missingTime: Duration = .seconds(6 * 3_600), newModelTime: Duration = .seconds(15 * 60), fileChecks: Int = 20
    ) {
        self.shortestDelay = shortestDelay
        self.longestDelay = longestDelay
        self.settleTime = settleTime
        self.keyRecheck = keyRecheck
        self.missingTime = missingTime
        self.newModelTime = newModelTime
        self.fileChecks = fileChecks
    }

    /// The wait after so many failures in a row: doubling from the shortest to the longest, the upper half of it
    /// spread by `jitter` (0 up to 1).
    package func delay(tries: Int, jitter: Double) -> Duration {
        let doublings = min(max(tries - 1, 0), 30)
        let full = min(shortestDelay * (1 << doublings), longestDelay)
        return full / 2 + full * (jitter / 2)
    }
}
