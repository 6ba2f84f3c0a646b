import GRDB
package import Identifiers
package import Jobs

/// An event of any finetuning, with its place among the events of all.
package struct PlacedEvent: Hashable, Sendable {
    /// Its number among all events: it grows with every event, has gaps, and is never used again.
    package let position: Int
    /// The finetuning that it happened to.
    package let finetuning: ObjectID
    /// That finetuning's alias.
    package let alias: String
    /// That finetuning's connection.
    package let connection: ObjectID
    /// What happened.
    package let event: RecordedEvent
}

/// Which of all events are wanted; all that nothing is said about.
package struct EventFilter: Hashable, Sendable {
    /// Only those of this finetuning.
    package var finetuning: ObjectID?
    /// Only those of this connection's finetunings.
    package var connection: ObjectID?
    /// Only those of this gravity.
    package var level: ProviderEvent.Level?
    /// Only those of this name.
    package var name: String?

    /// A filter.
    package init(
        finetuning: ObjectID? = nil, connection: ObjectID? = nil, level: ProviderEvent.Level? = nil,
        name: String? = nil
    ) {
        self.finetuning = finetuning
        self.connection = connection
        self.level = level
        self.name = name
    }
}

/// A stretch of all events, in their order.
package struct EventStretch: Hashable, Sendable {
    /// Those that were wanted.
    package let events: [PlacedEvent]
    /// The position up to which all were looked at, wanted or not: where the next stretch begins.
    package let end: Int
    /// Whether no event came after it when it was read.
    package let isLast: Bool
}

extension StateStore {
    /// The events after a position (from the first: 0) that pass a filter. At most `limit` are looked at, so that a
    /// filter which few pass does not keep others from the state.
    package func events(after position: Int, _ filter: EventFilter, limit: Int) async throws(StoreError) -> EventStretch
    {
        try await read { db in
            let (end, count) = try db.endOfStretch(after: position, limit: limit)
            let events = count == 0 ? [] : try db.events(after: position, upTo: end, filter)
            return EventStretch(events: events, end: end, isLast: count < limit)
        }
    }
}

extension Database {
    fileprivate func endOfStretch(after position: Int, limit: Int) throws -> (end: Int, count: Int) {
        let row = try first(
            """
            SELECT ifnull(max(position), 0) AS end, count(*) AS count FROM
                (SELECT position FROM finetuning_events WHERE position > ? ORDER BY position LIMIT ?)
            """, [position, limit])
        let reader = RowReader(table: PlacedEvent.table, row: row ?? Row())
        return (max(position, try reader.value("end")), try reader.value("count"))
    }

    fileprivate func events(after position: Int, upTo end: Int, _ filter: EventFilter) throws -> [PlacedEvent] {
        let wanted = ListFilter()
            .with("event.finetuning_id", filter.finetuning).with("finetuning.connection_id", filter.connection)
            .with("event.level", filter.level?.rawValue).with("event.name", filter.name)
        return try all(
            """
            SELECT event.*, finetuning.alias, finetuning.connection_id FROM finetuning_events AS event
            CROSS JOIN finetunings AS finetuning ON finetuning.id = event.finetuning_id
            \(wanted.clause(and: "event.position > ? AND event.position <= ?")) ORDER BY event.position
            """, StatementArguments(wanted.arguments + [position, end])
        ).map(PlacedEvent.init)
    }
}

extension PlacedEvent {
    fileprivate static let table = "finetuning_events"

    fileprivate init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            position: try reader.value("position"), finetuning: try reader.value("finetuning_id"),
            alias: try reader.value("alias"), connection: try reader.value("connection_id"),
            event: try RecordedEvent(row, of: "finetuning_events"))
    }
}
