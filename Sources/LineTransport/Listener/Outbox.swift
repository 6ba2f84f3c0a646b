import NIOCore

/// What other threads have left for a connection's event loop to do.
struct Outbox {
    /// How a connection is to end, in rising urgency.
    enum Ending: Int, Comparable {
        case none, draining, closing, aborting

        static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }
    }

    /// Lines and counts that wait for the event loop.
    struct Contents {
        var lines: [ByteBuffer] = []
        var byteCount = 0
        var finishedRequests = 0
        var ending = Ending.none
    }

    private var contents = Contents()
    private var hasTurnComing = false
    private(set) var isClosed = false
    private var socketIsBacklogged = false
    private let pauseAtUnreadBytes: Int
    private var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    private var lastWaiter: UInt64 = 0

    init(pauseAtUnreadBytes: Int) {
        self.pauseAtUnreadBytes = pauseAtUnreadBytes
    }

    mutating func add(_ lines: ByteBuffer) {
        guard lines.readableBytes > 0 else { return }
        contents.lines.append(lines)
        contents.byteCount += lines.readableBytes
    }

    mutating func addLast(_ lines: ByteBuffer) {
        add(lines)
        contents.finishedRequests += 1
    }

    mutating func raise(to ending: Ending) {
        contents.ending = max(contents.ending, ending)
    }

    /// Whether the caller has to ask the event loop for a turn: nobody has yet.
    mutating func claimTurn() -> Bool {
        defer { hasTurnComing = true }
        return !hasTurnComing
    }

    /// Hands over what waits.
    mutating func takeContents() -> Contents {
        hasTurnComing = false
        defer { contents = Contents() }
        return contents
    }

    /// Whether more waits for the client to read than a stream should add to.
    var isBacklogged: Bool {
        socketIsBacklogged || contents.byteCount >= pauseAtUnreadBytes
    }
}

// MARK: - Waiting until the client has read

extension Outbox {
    /// What became of an attempt to wait.
    enum Wait {
        case notNeeded, begun, closed, cancelled
    }

    mutating func makeWaiter() -> UInt64 {
        lastWaiter += 1
        return lastWaiter
    }

    mutating func wait(_ waiter: UInt64, _ continuation: CheckedContinuation<Void, any Error>) -> Wait {
        // A cancellation that comes later finds the waiter; one that came before shows here.
        if Task.isCancelled { return .cancelled }
        if isClosed { return .closed }
        guard isBacklogged else { return .notNeeded }
        waiters[waiter] = continuation
        return .begun
    }

    mutating func takeWaiter(_ waiter: UInt64) -> CheckedContinuation<Void, any Error>? {
        waiters.removeValue(forKey: waiter)
    }

    /// Notes whether the socket takes more; returns those who may go on.
    mutating func setSocketIsBacklogged(_ backlogged: Bool) -> [CheckedContinuation<Void, any Error>] {
        socketIsBacklogged = backlogged
        return isBacklogged ? [] : takeWaiters()
    }

    /// Notes that the connection is gone; returns those who waited in vain.
    mutating func close() -> [CheckedContinuation<Void, any Error>] {
        isClosed = true
        contents = Contents()
        return takeWaiters()
    }

    private mutating func takeWaiters() -> [CheckedContinuation<Void, any Error>] {
        guard !waiters.isEmpty else { return [] }
        defer { waiters = [:] }
        return Array(waiters.values)
    }
}
