/// How the program ends, as a shell sees it.
enum ExitStatus: Int32, CaseIterable, Sendable {
    /// It did what it was asked.
    case success = 0
    /// The daemon refused, or the user did when asked.
    case refused = 1
    /// The arguments, or a file that they name, cannot be used.
    case usage = 2
    /// No daemon answers.
    case unreachable = 3
    /// The finetuning that was watched or waited for failed.
    case finetuningFailed = 4
    /// It was cancelled.
    case finetuningCancelled = 5
    /// It was not over in time. As timeout(1) ends.
    case timedOut = 124
    /// The user stopped it with Ctrl-C.
    case interrupted = 130
    /// Nobody reads the output any more.
    case outputClosed = 141
    /// It was told to end with SIGTERM, and ended in order.
    case terminated = 143
}
