#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Histogram

/// Drives connections from one thread, and keeps the histogram of how long their answers took.
struct LoadGenerator {
    private let connections: [LoadConnection]
    private var histogram = Histogram<UInt64>(highestTrackableValue: 600_000_000_000)
    private var refusals = 0

    init(connections: [LoadConnection]) {
        self.connections = connections
    }

    /// Lets the load last this long, and reports on its second part.
    mutating func run(warmup: Double, seconds: Double) throws -> LoadReport {
        let start = MonotonicClock.nanoseconds
        for connection in connections { try connection.begin(at: start) }
        try exchange(until: start + UInt64(warmup * 1e9))
        histogram.reset()
        refusals = 0
        let measuredFrom = MonotonicClock.nanoseconds
        let processorTime = ThreadClock.now
        try exchange(until: measuredFrom + UInt64(seconds * 1e9))
        return LoadReport(
            histogram, refusals: refusals, seconds: Double(MonotonicClock.nanoseconds - measuredFrom) / 1e9,
            generatorSeconds: ThreadClock.now - processorTime)
    }

    private mutating func exchange(until end: UInt64) throws {
        var waiting = connections.map { pollfd(fd: $0.socket.descriptor, events: 0, revents: 0) }
        while MonotonicClock.nanoseconds < end, connections.contains(where: { !$0.isFinished }) {
            for (place, connection) in connections.enumerated() {
                waiting[place].events = Int16(POLLIN) | (connection.hasOutput ? Int16(POLLOUT) : 0)
            }
            poll(&waiting, nfds_t(waiting.count), 100)
            for (place, connection) in connections.enumerated() where waiting[place].revents != 0 {
                if waiting[place].revents & Int16(POLLOUT) != 0 { try connection.flush() }
                if waiting[place].revents & ~Int16(POLLOUT) != 0 { try take(from: connection) }
            }
        }
    }

    private mutating func take(from connection: LoadConnection) throws {
        try connection.exchange(clock: { MonotonicClock.nanoseconds }) { answer in
            histogram.record(answer.nanoseconds)
            if answer.isRefusal { refusals += 1 }
        }
    }
}

/// Time as it passes, whoever sets the clock.
enum MonotonicClock {
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
