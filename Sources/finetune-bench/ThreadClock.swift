#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The time that this thread has spent on a processor, which other programs on the machine disturb least.
enum ThreadClock {
    /// The seconds that the work took.
    static func seconds<Failure: Error>(of work: () throws(Failure) -> Void) throws(Failure) -> Double {
        let start = now
        try work()
        return now - start
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
