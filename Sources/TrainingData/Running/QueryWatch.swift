/// Watches over the query that a connection runs, and ends it when it has spent what it may.
final class QueryWatch {
    /// Often enough that what is made between two looks, a long value an instruction, does not matter.
    static let instructionsBetweenLooks: Int32 = 200

    private let clock = ContinuousClock()
    private let limits: QueryLimits
    private var cancellation: QueryCancellation?
    private var timeLeft = Duration.zero
    private var end: ContinuousClock.Instant
    /// What the thread held when the query would have begun on it; another thread may go on with a query that rested.
    private var heldBefore: Int64 = 0
    private var memoryTaken: Int64 = 0
    /// Why the query was ended, if it was.
    private(set) var cause: QueryFailure?

    init(limits: QueryLimits) {
        self.limits = limits
        end = clock.now + limits.time
    }

    /// A new query begins, with all of its time.
    func begin(_ cancellation: QueryCancellation?) {
        self.cancellation = cancellation
        cause = nil
        timeLeft = limits.time
        memoryTaken = 0
        heldBefore = SQLiteMemory.held
    }

    /// SQLite begins to work; only until `pause` does the query's time pass.
    func resume() {
        end = clock.now + timeLeft
        heldBefore = SQLiteMemory.held - memoryTaken
    }

    /// SQLite rests.
    func pause() {
        timeLeft = end - clock.now
        memoryTaken = SQLiteMemory.held - heldBefore
    }

    /// Whether to interrupt SQLite now.
    var isOver: Bool {
        if cancellation?.isRequested == true {
            cause = .cancelled
        } else if clock.now >= end {
            cause = .timedOut(after: limits.time)
        } else if SQLiteMemory.held - heldBefore > limits.memoryBytes {
            cause = .tooMuchMemory(limit: limits.memoryBytes)
        }
        return cause != nil
    }
}
