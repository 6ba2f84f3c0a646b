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
    /// The finetuning that was watched failed or was cancelled.
    case finetuningEndedBadly = 4
    /// The user stopped it with Ctrl-C.
    case interrupted = 130
    /// Nobody reads the output any more.
    case outputClosed = 141
}
