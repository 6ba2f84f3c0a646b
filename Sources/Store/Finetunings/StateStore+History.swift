import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// The events of a finetuning after a sequence number (from the first: 0), oldest first. Throws `notFound`.
    package func events(of finetuning: ObjectID, after sequence: Int, limit: Int) async throws(StoreError)
        -> [RecordedEvent]
    {
        try await read { db in
            try db.checkExists(.finetuning, finetuning)
            return try db.all(
                """
                SELECT * FROM finetuning_events WHERE finetuning_id = ? AND sequence > ?
                ORDER BY sequence LIMIT ?
                """, [finetuning, sequence, limit]
            ).map { try RecordedEvent($0, of: "finetuning_events") }
        }
    }

    /// The last event that the provider told of a finetuning: what comes after it is news. `nil` if it told none.
    package func lastProviderEventID(of finetuning: ObjectID) async throws(StoreError) -> ProviderEventID? {
        try await read { db in
            try db.one(
                """
                SELECT provider_event_id FROM finetuning_events
                WHERE finetuning_id = ? AND provider_event_id IS NOT NULL ORDER BY sequence DESC LIMIT 1
                """, [finetuning], as: String.self
            ).map(ProviderEventID.init(rawValue:))
        }
    }

    /// What the provider measured of a finetuning, by step. Throws `notFound`.
    package func checkpoints(of finetuning: ObjectID) async throws(StoreError) -> [ProviderCheckpoint] {
        try await read { db in
            try db.checkExists(.finetuning, finetuning)
            return try db.all(
                "SELECT * FROM finetuning_checkpoints WHERE finetuning_id = ? ORDER BY step, checkpoint_id",
                [finetuning]
            ).map(ProviderCheckpoint.init)
        }
    }
}
