import GRDB
import Identifiers
import Jobs

extension ProviderCheckpoint {
    init(_ row: Row) throws {
        let reader = RowReader(table: "finetuning_checkpoints", row: row)
        self.init(
            id: try reader.value("checkpoint_id"), at: try reader.value("at"), step: try reader.value("step"),
            model: try reader.optional("model"), metrics: try reader.json("metrics"))
    }
}

extension Database {
    /// Adds checkpoints, or what the provider has measured of them since. Those that are as known are not written.
    func upsert(_ checkpoints: [ProviderCheckpoint], of finetuning: ObjectID) throws {
        for checkpoint in checkpoints {
            try run(
                """
                INSERT INTO finetuning_checkpoints (finetuning_id, step, checkpoint_id, at, model, metrics)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET at = excluded.at, model = excluded.model, metrics = excluded.metrics
                WHERE at <> excluded.at OR model IS NOT excluded.model OR metrics <> excluded.metrics
                """,
                [
                    finetuning, checkpoint.step, checkpoint.id, checkpoint.at, checkpoint.model,
                    try StoredJSON.text(checkpoint.metrics),
                ])
        }
    }
}
