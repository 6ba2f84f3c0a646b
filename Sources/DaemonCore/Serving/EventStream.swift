import FinetuneAPI
import LineTransport

/// Events that were read together, in their order.
struct EventBatch<Event: NumberedEvent>: Sendable {
    let events: [Event]
    /// What comes next has a greater number.
    let end: Int
    /// Whether none came after them when they were read.
    let isLast: Bool
}

extension EventBatch {
    /// Those after a number, of which at most `limit` were read.
    init(_ events: [Event], after number: Int, limit: Int) {
        self.init(events: events, end: events.last?.number ?? number, isLast: events.count < limit)
    }
}

extension ReplyStream {
    /// Sends all events after a number, as many at a time as `read` gives, and returns the number to go on after.
    func sendEvents<Event>(
        after number: Int, _ read: (_ after: Int) async throws -> EventBatch<Event>
    ) async throws -> Int {
        var last = number
        while true {
            let batch = try await read(last)
            for event in batch.events { try await send(event: event) }
            last = batch.end
            if batch.isLast { return last }
            try Task.checkCancellation()
        }
    }

    /// Sends an event, and waits while the client reads slowly. Throws `stream_lagged` if it does not read at all: the
    /// client then goes on after this event, in a stream of its own, when it reads again.
    private func send(event: some NumberedEvent) async throws {
        do {
            try await send(event, patiently: false)
        } catch is LineReaderLags {
            throw APIError.streamLagged(resumeAfter: event.number)
        }
    }
}
