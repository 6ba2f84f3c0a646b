import NIOCore
import Synchronization

/// The connection was closed while someone waited for its client to read.
package struct LineConnectionClosed: Error {}

/// The client read nothing for longer than it may leave its lines unread.
package struct LineReaderLags: Error {}

extension LineConnection {
    /// Whether the client lags: so much waits for it that a stream should pause. Small replies may still be sent.
    package var outputIsBacklogged: Bool {
        outbox.withLock { $0.isBacklogged }
    }

    /// Returns once the client has read enough, at once if it does not lag.
    ///
    /// Throws `LineConnectionClosed` if the connection goes first, `CancellationError` if the task is cancelled; and
    /// `LineReaderLags`, unless it waits patiently, once the client has lagged for the `unreadGrace` of the limits.
    package func waitUntilWritable(patiently: Bool = true) async throws {
        let waiter = outbox.withLock { $0.makeWaiter() }
        var deadline: Scheduled<Void>?
        defer { deadline?.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard beginWait(waiter, continuation), !patiently else { return }
                deadline = eventLoop.scheduleTask(in: TimeAmount(unreadGrace)) {
                    self.end(waiter, throwing: LineReaderLags())
                }
            }
        } onCancel: {
            end(waiter, throwing: CancellationError())
        }
    }

    /// Whether the continuation is kept until something happens.
    private func beginWait(_ waiter: UInt64, _ continuation: CheckedContinuation<Void, any Error>) -> Bool {
        switch outbox.withLock({ $0.wait(waiter, continuation) }) {
        case .begun: return true
        case .notNeeded: continuation.resume()
        case .closed: continuation.resume(throwing: LineConnectionClosed())
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
        return false
    }

    private func end(_ waiter: UInt64, throwing error: any Error) {
        outbox.withLock { $0.takeWaiter(waiter) }?.resume(throwing: error)
    }

    /// Tells those who wait whether the socket takes more. Only on the event loop.
    func setSocketIsBacklogged(_ backlogged: Bool) {
        for waiter in outbox.withLock({ $0.setSocketIsBacklogged(backlogged) }) {
            waiter.resume()
        }
    }

    /// Notes that the connection is gone. Only on the event loop.
    func markClosed() {
        for waiter in outbox.withLock({ $0.close() }) {
            waiter.resume(throwing: LineConnectionClosed())
        }
    }
}
