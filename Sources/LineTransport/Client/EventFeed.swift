public import FinetuneAPI
public import Identifiers

/// The events of a stream, over as many connections as it takes.
///
/// Where the daemon is restarted or killed, the connection breaks, or this reader fell so far behind that the daemon
/// ended its stream, the feed asks again for the events after the last that it gave. Events have numbers, so none is
/// missed and none comes twice. It can be iterated once.
///
/// Iterating throws what a single stream would, once no further attempt makes sense: `ClientError.refused` if the
/// daemon refuses, and the last error if it could not be reached for as long as the feed has patience.
public struct EventFeed<Event: NumberedEvent>: AsyncSequence, Sendable {
    /// What the feed gives.
    public enum Element: Sendable {
        /// The next event, and the line's body as it came, which may hold more than this client knows.
        case event(Event, body: JSONValue)
        /// The daemon went away; the feed tries to reach it again, as long as it is asked for more.
        case interrupted(any Error)
        /// The stream is complete; the body of its last line.
        case end(JSONValue)
    }

    private let location: SocketLocation
    private let after: Int
    private let patience: Duration
    private let settling: Duration
    private let request: @Sendable (_ after: Int) throws -> Request

    /// The events after number `after` (from the first: 0) of the stream that `request` asks for.
    ///
    /// `patience` is how long the daemon may be away at a time. One that was never there is not waited for.
    public init(
        at location: SocketLocation, after: Int = 0, patience: Duration = .seconds(60),
        request: @escaping @Sendable (_ after: Int) throws -> Request
    ) {
        self.init(at: location, after: after, patience: patience, settling: .seconds(5), request: request)
    }

    /// The same. A connection that stood for `settling` has ended the outage before it, though no event may have come:
    /// what breaks it is another, which is told and waited for anew.
    package init(
        at location: SocketLocation, after: Int = 0, patience: Duration, settling: Duration,
        request: @escaping @Sendable (_ after: Int) throws -> Request
    ) {
        self.location = location
        self.after = after
        self.patience = patience
        self.settling = settling
        self.request = request
    }

    /// Starts the iteration, which has a connection of its own.
    public func makeAsyncIterator() -> Iterator {
        Iterator(location: location, after: after, patience: patience, settling: settling, request: request)
    }
}

extension EventFeed where Event == FinetuningEvent {
    /// What happened to a finetuning after an event, then what happens, to its end.
    public init(
        of finetuning: ObjectID, after: Int = 0, follow: Bool = true, at location: SocketLocation,
        patience: Duration = .seconds(60)
    ) {
        self.init(at: location, after: after, patience: patience) { after in
            let query = EventsQuery(after: after, follow: follow)
            return try Routes.finetuningEvents.request(finetuning, query: query, body: Nothing())
        }
    }
}

extension EventFeed where Event == HistoryEvent {
    /// The events of all finetunings that `query` asks for; with `follow`, without end.
    public init(of query: HistoryQuery, at location: SocketLocation, patience: Duration = .seconds(60)) {
        self.init(at: location, after: query.after ?? 0, patience: patience) { after in
            var query = query
            query.after = after
            return try Routes.events.request(query: query, body: Nothing())
        }
    }
}

// MARK: - Iterating

extension EventFeed {
    /// Reads the events, one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let location: SocketLocation
        private let request: @Sendable (_ after: Int) throws -> Request
        private let patience: Duration
        private let settling: Duration
        private var last: Int
        private var client: FinetuneClient?
        private var replies: ReplyStream.Iterator?
        private var outage: Outage?
        private var connected: ContinuousClock.Instant?
        private var isOver = false

        fileprivate init(
            location: SocketLocation, after: Int, patience: Duration, settling: Duration,
            request: @escaping @Sendable (_ after: Int) throws -> Request
        ) {
            self.location = location
            self.request = request
            self.patience = patience
            self.settling = settling
            last = after
        }

        /// The next element; `nil` after the end.
        public mutating func next() async throws -> Element? {
            while !isOver {
                do {
                    return try await readElement()
                } catch let error {
                    replies = nil
                    if let interruption = try await recover(from: error) { return interruption }
                }
            }
            return nil
        }

        private mutating func readElement() async throws -> Element {
            if replies == nil { replies = try await ask() }
            guard let reply = try await replies?.next() else { throw ClientError.connectionLost }
            let body: JSONValue = try reply.response()
            guard reply.isPartial else {
                isOver = true
                return .end(body)
            }
            let event: Event = try reply.response()
            last = event.number
            outage = nil
            return .event(event, body: body)
        }

        private mutating func ask() async throws -> ReplyStream.Iterator {
            let client = try await connectedClient()
            let request = try request(last)
            return client.stream(request.method, request.path).makeAsyncIterator()
        }

        private mutating func connectedClient() async throws -> FinetuneClient {
            if let client { return client }
            let client = try await FinetuneClient.connect(to: location)
            self.client = client
            connected = .now
            return client
        }

        /// Gets ready to ask again; returns what the caller is to be told, if this is the first sign of an outage.
        /// Throws the error if it will not pass.
        private mutating func recover(from error: any Error) async throws -> Element? {
            // The daemon is there; only this reader was too slow.
            if case ClientError.refused(_, let refusal) = error, refusal.code == .streamLagged { return nil }
            guard let connected, Outage.mayPass(error) else { throw error }
            if client != nil, connected.duration(to: .now) >= settling { outage = nil }
            client = nil
            let isNew = outage == nil
            var current = outage ?? Outage(patience: patience)
            guard let pause = current.delay() else { throw error }
            outage = current
            if isNew { return .interrupted(error) }
            try await Task.sleep(for: pause)
            return nil
        }
    }
}
