/// How often a running job is asked after: often while things change, seldom while they do not.
package struct PollPolicy: Hashable, Sendable {
    /// The wait after a change.
    package var shortestInterval: Duration
    /// The longest wait.
    package var longestInterval: Duration

    /// A policy; the defaults suit jobs that take minutes to hours.
    package init(shortestInterval: Duration = .seconds(2), longestInterval: Duration = .seconds(60)) {
        self.shortestInterval = shortestInterval
        self.longestInterval = longestInterval
    }

    /// The wait after so many polls that brought nothing new, with a fifth either way by `jitter` (0 up to 1).
    package func interval(unchangedPolls: Int, jitter: Double) -> Duration {
        var interval = shortestInterval
        for _ in 0..<min(unchangedPolls, 40) where interval < longestInterval {
            interval = interval * 1.5
        }
        return min(interval, longestInterval) * (0.8 + 0.4 * jitter)
    }
}
