private import Glibc

/// Whether a connection's short requests are answered on the event loop, where all others wait meanwhile.
///
/// They are until one takes longer than it may. Then the next thousand are not: so a connection can make the others wait
/// for a moment, and that seldom. What may take longer than a moment is not tried there at all.
struct Promptness {
    private static let longest = Duration.microseconds(250)
    private static let pause = 1_000

    private var leftToPass = 0

    /// Runs what answers the next one so, unless it is to be answered otherwise. Whether it is answered.
    mutating func run(_ answer: () -> Bool) -> Bool {
        guard leftToPass == 0 else {
            leftToPass -= 1
            return false
        }
        let before = Self.timeOfThread
        defer { if Self.timeOfThread - before > Self.longest { leftToPass = Self.pause } }
        return answer()
    }

    // What the thread has worked: it may have had to wait for a processor, for which the request can do nothing.
    private static var timeOfThread: Duration {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else {
            preconditionFailure("a thread always has a clock of its own")
        }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
