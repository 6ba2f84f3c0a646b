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
}

// MARK: One finetuning's

extension EventHandlers {
    private func events(of id: ObjectID, _ query: EventsQuery, to stream: ReplyStream) async throws -> EventsEnd {
        var last = try FieldChecks.eventNumber(query.after)
        return try await live.changes(of: id).follow {
            let finetuning = try await store.finetuning(id)
            let isOver = try await isOver(finetuning)
            last = try await stream.sendEvents(after: last) { last in
                let events = try await store.events(of: id, after: last, limit: Self.batch)
                return EventBatch(events.map { Wire.FinetuningEvent($0) }, after: last, limit: Self.batch)
            }
            guard query.follow == true, !isOver else {
                return .over(EventsEnd(lastSequence: last, status: Wire.FinetuningStatus(finetuning.job.status)))
            }
            return .open(resumeAfter: last)
        }
    }

    /// Whether nothing more will happen to it: it has ended, and its model was promoted by itself or not.
    private func isOver(_ finetuning: Jobs.Finetuning) async throws -> Bool {
        guard finetuning.job.status.isTerminal else { return false }
        return try await store.automaticPromotion(of: finetuning.id)?.isOpen != true
    }
}

// MARK: All finetunings'

extension EventHandlers {
    private func events(_ query: HistoryQuery, to stream: ReplyStream) async throws -> HistoryEnd {
        var last = try FieldChecks.eventNumber(query.after)
        let filter = try EventFilter(query)
        return try await live.changes(of: nil).follow {
            last = try await stream.sendEvents(after: last) { last in
                EventBatch(try await store.events(after: last, filter, limit: Self.stretch))
            }
            return query.follow == true ? .open(resumeAfter: last) : .over(HistoryEnd(lastPosition: last))
        }
    }
}

extension EventBatch<HistoryEvent> {
    fileprivate init(_ stretch: EventStretch) {
        self.init(events: stretch.events.map { HistoryEvent($0) }, end: stretch.end, isLast: stretch.isLast)
    }
}

extension EventFilter {
    /// Throws `invalid_field` for a name that no event has: whoever follows it would wait for ever.
    fileprivate init(_ query: HistoryQuery) throws(APIError) {
        if let name = query.event, Happening.Name(rawValue: name) == nil {
            let nearest = NearestName.of(name, among: Happening.Name.allCases.map(\.rawValue))
            let proposal = nearest.map { ": did you mean \"\($0)\"?" } ?? ""
            throw .invalidField("event", "no event is called \"\(name.prefix(128))\"\(proposal)")
        }
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
