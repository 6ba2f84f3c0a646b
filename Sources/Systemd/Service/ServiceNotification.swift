#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One thing that a service tells its manager: see sd_notify(3).
package enum ServiceNotification: Hashable, Sendable {
    /// The service is up, or its reload is over.
    case ready
    /// The service reads its configuration again; `ready` ends this.
    case reloading
    /// The service is going down.
    case stopping
    /// What the service is doing, in words, for `systemctl status`. One line; line ends in it become spaces.
    case status(String)
    /// The service is well. See `WatchdogInterval` for how often this is expected.
    case watchdog
    /// Starting, reloading or stopping takes so much longer, counted from now.
    case extendTimeout(Duration)
    /// The error number of what went wrong, for `systemctl status`.
    case errorNumber(Int32)

    /// The assignments that the manager reads, a line each.
    var assignments: String {
        switch self {
        case .ready: "READY=1"
        // The manager compares this with its own clock to tell this reload from the one before.
        case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Self.monotonicMicroseconds)"
        case .stopping: "STOPPING=1"
        case .status(let text): "STATUS=" + String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
        case .watchdog: "WATCHDOG=1"
        case .extendTimeout(let duration): "EXTEND_TIMEOUT_USEC=\(Int64(duration / .microseconds(1)))"
        case .errorNumber(let number): "ERRNO=\(number)"
        }
    }

    private static var monotonicMicroseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
