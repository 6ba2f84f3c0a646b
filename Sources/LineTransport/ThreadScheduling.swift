private import CScheduling
private import Glibc

/// How the system shares its processors between a thread and all others.
package enum ThreadScheduling: Sendable {
    /// For work that somebody waits for: runs soon after it is woken.
    case prompt
    /// For long work that nobody watches: takes what others leave.
    case patient

    // Whoever is woken waits no longer than this for the thread that has its processor.
    private static let slice: UInt64 = 100_000

    /// Schedules the calling thread this way. Where the system does not allow it all stays as it was: the work is
    /// the same, only others wait longer for it.
    package func apply() {
        _ = set_thread_scheduling(niceness, Self.slice)
    }

    private var niceness: Int32 {
        let current = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        switch self {
        case .prompt: return current
        case .patient: return min(current + 10, 19)
        }
    }
}
