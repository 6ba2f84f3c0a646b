public import FinetuneAPI

/// The lines with which the daemon answers one request: any number of partial ones, then a last.
///
/// The last line is an element too: its status tells how the stream ended. It can be iterated once. As long as the
/// iteration lags, the whole connection is read no further, so a stream that may wait long deserves a client of
/// its own. Leaving the loop early, or cancelling the task, ends the stream at the daemon.
///
/// Iterating throws `ClientError` if the connection ends first.
public struct ReplyStream: AsyncSequence, Sendable {
    /// One line of the answer.
    public typealias Element = Reply

    private let subscription: Subscription

    init(id: Int, connection: ClientConnection) {
        subscription = Subscription(id: id, connection: connection)
    }

    /// Starts the iteration.
    public func makeAsyncIterator() -> Iterator {
        Iterator(subscription: subscription)
    }

    /// Reads the lines, one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let subscription: Subscription

        /// The next line; `nil` after the last.
        public func next() async throws -> Reply? {
            try await subscription.next()
        }
    }

    /// Ends the stream when nobody can read it any more.
    fileprivate final class Subscription: Sendable {
        private let id: Int
        private let connection: ClientConnection

        init(id: Int, connection: ClientConnection) {
            self.id = id
            self.connection = connection
        }

        deinit {
            end()
        }

        func next() async throws -> Reply? {
            try await FinetuneClient.translatingErrors {
                try await connection.nextLine(ofStream: id, onCancel: end).map(Reply.init)
            }
        }

        @Sendable private func end() {
            connection.endStream(id) { [id] ownID in
                let path = Routes.endRequest.signature.path.path(String(id))
                return Request(id: .integer(ownID), method: .delete, path: path).line
            }
        }
    }
}
