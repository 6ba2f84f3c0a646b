import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Store

/// Answers for what happened: to one finetuning, or to any.
struct EventHandlers: Sendable {
    // Events that are read at a time.
    private static let batch = 500
    // Events that are looked at at a time, where not all of them are wanted.
    private static let stretch = 2_000

    let store: StateStore
    let live: LiveFinetunings

    var endpoints: [Endpoint] {
        [
            Routes.finetuningEvents.streamed { try await events(of: $0.parameter, $0.query, to: $1) },
            Routes.events.streamed { try await events($0.query, to: $1) },
        ]
    }

    private static func start(_ after: Int?) throws(APIError) -> Int {
        guard let after else { return 0 }
        guard after >= 0 else { throw .invalidField("after", "must be 0 or more") }
        return after
    }

    /// Throws where nothing more will come: the stream was ended, or the daemon ends.
    private static func goOn(_ isLive: Bool, resumingAfter number: Int) throws {
        try Task.checkCancellation()
        guard isLive else { throw APIError.shuttingDown(resumeAfter: number) }
    }
}

// MARK: One finetuning's

extension EventHandlers {
    private func events(of id: ObjectID, _ query: EventsQuery, to stream: ReplyStream) async throws -> EventsEnd {
        var last = try Self.start(query.after)
        // The signal is asked for before the events are read, so that none is missed in between.
        var changes = live.changes(of: id).makeAsyncIterator()
        while true {
            let finetuning = try await store.finetuning(id)
            let isOver = try await isOver(finetuning)
            last = try await sendEvents(of: id, after: last, to: stream)
            if query.follow != true || isOver {
                return EventsEnd(lastSequence: last, status: Wire.FinetuningStatus(finetuning.job.status))
            }
            try Self.goOn(await changes.next() != nil, resumingAfter: last)
        }
    }

    /// Whether nothing more will happen to it: it has ended, and its model was promoted by itself or not.
    private func isOver(_ finetuning: Jobs.Finetuning) async throws -> Bool {
        guard finetuning.job.status.isTerminal else { return false }
        return try await store.automaticPromotion(of: finetuning.id)?.isOpen != true
    }

    private func sendEvents(of id: ObjectID, after sequence: Int, to stream: ReplyStream) async throws -> Int {
        var last = sequence
        while true {
            let events = try await store.events(of: id, after: last, limit: Self.batch)
            for event in events { try await stream.send(event: Wire.FinetuningEvent(event)) }
            last = events.last?.sequence ?? last
            if events.count < Self.batch { return last }
        }
    }
}

// MARK: All finetunings'

extension EventHandlers {
    private func events(_ query: HistoryQuery, to stream: ReplyStream) async throws -> HistoryEnd {
        var last = try Self.start(query.after)
        let filter = EventFilter(query)
        var changes = live.changes(of: nil).makeAsyncIterator()
        while true {
            last = try await sendEvents(after: last, filter, to: stream)
            if query.follow != true { return HistoryEnd(lastPosition: last) }
            try Self.goOn(await changes.next() != nil, resumingAfter: last)
        }
    }

    private func sendEvents(after position: Int, _ filter: EventFilter, to stream: ReplyStream) async throws -> Int {
        var last = position
        while true {
            let stretch = try await store.events(after: last, filter, limit: Self.stretch)
            for event in stretch.events { try await stream.send(event: HistoryEvent(event)) }
            last = stretch.end
            if stretch.isLast { return last }
            try Task.checkCancellation()
        }
    }
}

extension ReplyStream {
    /// Sends an event, and waits while the client reads slowly. Throws `stream_lagged` if it does not read at all: the
    /// client then goes on after this event, in a stream of its own, when it reads again.
    fileprivate func send(event: some NumberedEvent) async throws {
        do {
            try await send(event, patiently: false)
        } catch is LineReaderLags {
            throw APIError.streamLagged(resumeAfter: event.number)
        }
    }
}

extension EventFilter {
    fileprivate init(_ query: HistoryQuery) {
        self.init(
            finetuning: query.finetuning, connection: query.databaseConnection,
            level: query.level.map { ProviderEvent.Level($0) }, name: query.event)
    }
}

extension HistoryEvent {
    fileprivate init(_ placed: PlacedEvent) {
        self.init(
            position: placed.position, finetuning: placed.finetuning, finetuningAlias: placed.alias,
            databaseConnection: placed.connection, Wire.FinetuningEvent(placed.event))
    }
}
