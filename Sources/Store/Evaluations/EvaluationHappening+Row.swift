import Evaluations
import GRDB
import Identifiers
import Jobs

extension Database {
    /// Appends what happened to an evaluation to its events.
    func append(_ happening: EvaluationHappening, toEvaluation id: ObjectID, at now: Timestamp) throws {
        let last: Int? = try one("SELECT max(sequence) FROM evaluation_events WHERE evaluation_id = ?", [id])
        try run(
            """
            INSERT INTO evaluation_events (evaluation_id, sequence, at, name, level, message, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, (last ?? 0) + 1, now, happening.name, happening.level.rawValue, happening.message,
                try StoredJSON.text(happening.detail.mapValues(StoredDetail.init)),
            ])
    }
}
