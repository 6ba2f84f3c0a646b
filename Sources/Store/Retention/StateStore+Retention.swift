import GRDB
package import Identifiers
import Jobs

extension StateStore {
    /// Forgets questions from before a moment, oldest first, with their answers; those that were answered since stay.
    /// Returns how many.
    package func prunePrompts(before moment: Timestamp, limit: Int) async throws(StoreError) -> Int {
        try await write { db in
            // Ids increase in time, so that the key alone finds the oldest.
            try db.run(
                """
                DELETE FROM prompts WHERE id IN (
                    SELECT id FROM prompts AS old WHERE id < ?1 AND created_at < ?2 AND NOT EXISTS (
                        SELECT 1 FROM sql_generations WHERE prompt_id = old.id AND created_at >= ?2)
                    ORDER BY id LIMIT ?3)
                """, [ObjectID(firstOf: moment), moment, limit])
            return db.changesCount
        }
    }

    /// Forgets evaluations that were over before a moment, oldest first. Those stay that something needs: the newest
    /// that succeeded of a finetuning against each model, which gates and reports look at; those that the history of an
    /// alias names; and those of open automatic promotions. Returns how many.
    package func pruneEvaluations(before moment: Timestamp, limit: Int) async throws(StoreError) -> Int {
        try await write { db in
            try db.run(
                """
                DELETE FROM evaluations WHERE id IN (
                    SELECT id FROM evaluations AS old
                    WHERE id < ?1 AND updated_at < ?2 AND status NOT IN ('queued', 'running')
                        AND (status <> 'succeeded' OR EXISTS (
                            SELECT 1 FROM evaluations AS newer
                            WHERE newer.finetuning_id = old.finetuning_id AND newer.id > old.id
                                AND newer.status = 'succeeded' AND newer.baseline_provider IS old.baseline_provider
                                AND newer.baseline_model IS old.baseline_model))
                        AND NOT EXISTS (
                            SELECT 1 FROM served_model_versions WHERE judged_evaluation_id = old.id)
                        AND NOT EXISTS (
                            SELECT 1 FROM automatic_promotions
                            WHERE evaluation_id = old.id AND stage IN ('waiting', 'evaluating'))
                    ORDER BY id LIMIT ?3)
                """, [ObjectID(firstOf: moment), moment, limit])
            return db.changesCount
        }
    }
}

extension ObjectID {
    /// The least id that may be made in the second of a moment.
    fileprivate init(firstOf moment: Timestamp) {
        self.init(seconds: UInt32(clamping: moment.microseconds / 1_000_000), suffix: 0)
    }
}
