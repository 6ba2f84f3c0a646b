import Evaluations
import GRDB
import Identifiers
import Jobs

extension EvaluationEvent {
    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_events", row: row)
        self.init(
            sequence: try reader.value("sequence"), at: try reader.value("at"), name: try reader.value("name"),
            level: try reader.word("level"), message: try reader.value("message"),
            detail: try reader.json("detail", as: [String: StoredDetail].self).mapValues(\.detail))
    }
}

extension Database {
    /// Appends what happened to an evaluation to its events.
    func append(_ happening: EvaluationHappening, toEvaluation id: ObjectID, at now: Timestamp) throws {
        let last: Int? = try one("SELECT max(sequence) FROM evaluation_events WHERE evaluation_id = ?", [id])
        let event = EvaluationEvent(happening, sequence: (last ?? 0) + 1, at: now)
        try run(
            """
            INSERT INTO evaluation_events (evaluation_id, sequence, at, name, level, message, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, event.sequence, event.at, event.name, event.level.rawValue, event.message,
                try StoredJSON.text(event.detail.mapValues(StoredDetail.init)),
            ])
    }
}
