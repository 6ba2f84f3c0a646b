public import FinetuneAPI

/// What a route's stream gives, one element a line. See `ReplyStream` for how it is read and how it ends early.
///
/// Iterating throws `ClientError.refused` if the daemon refuses the request or breaks the stream off.
public struct ResponseStream<Response: Decodable & Sendable>: AsyncSequence, Sendable {
    /// An element of the stream, or its orderly end.
    public enum Element: Sendable {
        /// The next of what was asked for.
        case response(Response)
        /// The stream is complete; the body of its last line.
        case end(JSONValue)
    }

    let replies: ReplyStream

    /// Starts the iteration.
    public func makeAsyncIterator() -> Iterator {
        Iterator(replies: replies.makeAsyncIterator())
    }

    /// Reads the elements, one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let replies: ReplyStream.Iterator

        /// The next element; `nil` after the end.
        public func next() async throws -> Element? {
            guard let reply = try await replies.next() else { return nil }
            return reply.isPartial ? .response(try reply.response()) : .end(try reply.response())
        }
    }
}
