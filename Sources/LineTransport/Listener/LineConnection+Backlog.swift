import NIOCore
import Synchronization

/// The connection was closed while someone waited for its client to read.
package struct LineConnectionClosed: Error {}

extension LineConnection {
    /// Whether the client lags: so much waits for it that a stream should pause. Small replies may still be sent.
    package var outputIsBacklogged: Bool {
        outbox.withLock { $0.isBacklogged }
    }

    /// Returns once the client has read enough, at once if it does not lag.
    ///
    /// Throws `LineConnectionClosed` if the connection goes first, `CancellationError` if the task is cancelled.
    package func waitUntilWritable() async throws {
        let waiter = outbox.withLock { $0.makeWaiter() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                beginWait(waiter, continuation)
            }
        } onCancel: {
            outbox.withLock { $0.takeWaiter(waiter) }?.resume(throwing: CancellationError())
        }
    }

    private func beginWait(_ waiter: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
        switch outbox.withLock({ $0.wait(waiter, continuation) }) {
        case .begun: break
        case .notNeeded: continuation.resume()
        case .closed: continuation.resume(throwing: LineConnectionClosed())
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
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
