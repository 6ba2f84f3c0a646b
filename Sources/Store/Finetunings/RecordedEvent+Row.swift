import GRDB
import Identifiers
import Jobs

extension RecordedEvent {
    /// An event of a finetuning, or of an evaluation: the two tables name what they share alike.
    init(_ row: Row, of table: String) throws {
        let reader = RowReader(table: table, row: row)
        self.init(
            sequence: try reader.value("sequence"), at: try reader.value("at"), name: try reader.value("name"),
            level: try reader.word("level"), message: try reader.value("message"),
            detail: try reader.json("detail", as: [String: StoredDetail].self).mapValues(\.detail))
    }

    init(_ happening: Happening, sequence: Int, at now: Timestamp) {
        let at = if case .providerEvent(let event) = happening { event.at } else { now }
        self.init(
            sequence: sequence, at: at, name: happening.name, level: happening.level, message: happening.message,
            detail: happening.detail)
    }
}

extension Database {
    /// Appends what happened to a finetuning to its events, and returns those that are new: what a provider told
    /// before is told once.
    func append(_ happenings: [Happening], to finetuning: ObjectID, at now: Timestamp) throws -> [RecordedEvent] {
        guard !happenings.isEmpty else { return [] }
        var last = try lastSequence(of: finetuning)
        var events: [RecordedEvent] = []
        for happening in happenings where try !isKnown(happening.providerEventID, of: finetuning) {
            last += 1
            let event = RecordedEvent(happening, sequence: last, at: now)
            try insert(event, of: finetuning, providerEventID: happening.providerEventID)
            events.append(event)
        }
        return events
    }

    private func lastSequence(of finetuning: ObjectID) throws -> Int {
        try one("SELECT max(sequence) FROM finetuning_events WHERE finetuning_id = ?", [finetuning]) ?? 0
    }

    private func isKnown(_ id: ProviderEventID?, of finetuning: ObjectID) throws -> Bool {
        guard let id else { return false }
        return try exists(
            "SELECT 1 FROM finetuning_events WHERE finetuning_id = ? AND provider_event_id = ?",
            [finetuning, id.rawValue])
    }

    private func insert(
        _ event: RecordedEvent, of finetuning: ObjectID, providerEventID: ProviderEventID?
    ) throws {
        try run(
            """
            INSERT INTO finetuning_events
                (finetuning_id, sequence, at, name, level, message, detail, provider_event_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                finetuning, event.sequence, event.at, event.name, event.level.rawValue, event.message,
                try StoredJSON.text(event.detail.mapValues(StoredDetail.init)), providerEventID?.rawValue,
            ])
    }
}
