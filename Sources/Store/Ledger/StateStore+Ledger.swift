import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// A page of the ledger, oldest first: of one kind and one finetuning, or of all.
    package func providerObjects(
        kind: ProviderObject.Kind? = nil, of finetuning: ObjectID? = nil, _ page: PageRequest
    ) async throws(StoreError) -> Page<ProviderObject> {
        try await read { db in
            let filter = ListFilter().with("kind", kind?.rawValue).with("finetuning_id", finetuning)
            let total = try db.count(of: ProviderObject.table, filter)
            let rows = try db.rows(of: ProviderObject.table, filter, on: page, total: total)
            return Page(items: try rows.map(ProviderObject.init), total: total)
        }
    }

    /// What is to be removed at its provider and is due, the longest due first.
    package func removals(dueAt now: Timestamp, limit: Int) async throws(StoreError) -> [ProviderObject] {
        try await read { db in
            try db.all(
                """
                SELECT * FROM provider_objects WHERE state = 'removing' AND not_before <= ?
                ORDER BY not_before LIMIT ?
                """, [now, limit]
            ).map(ProviderObject.init)
        }
    }

    /// When the next removal is due; nothing if there is none.
    package func nextRemoval() async throws(StoreError) -> Timestamp? {
        try await read { db in
            try db.one("SELECT min(not_before) FROM provider_objects WHERE state = 'removing'", [])
        }
    }

    /// The provider removed an object, or no longer had it.
    package func noteRemoved(_ object: Int, at now: Timestamp) async throws(StoreError) {
        try await write { db in
            try db.run(
                """
                UPDATE provider_objects SET state = 'removed', removed_at = ?, not_before = NULL,
                    failure_reason = NULL
                WHERE id = ? AND state = 'removing'
                """, [now, object])
            FailPoint.pass(.removed, .before)
        }
        FailPoint.pass(.removed, .after)
    }

    /// The provider did not remove an object; the next try is due at `next`. `reason` is why, nothing if it was
    /// not asked.
    package func postponeRemoval(
        of object: Int, until next: Timestamp, because reason: String?
    ) async throws(StoreError) {
        try await write { db in
            try db.run(
                """
                UPDATE provider_objects SET not_before = ?1, failure_reason = ifnull(?2, failure_reason),
                    failed_tries = failed_tries + (?2 IS NOT NULL)
                WHERE id = ?3 AND state = 'removing'
                """, [next, reason, object])
        }
    }
}

extension Database {
    /// Enters what a finetuning's provider has from now on. What is in the ledger already stays as it is.
    func enter(_ happenings: [Happening], of finetuning: Finetuning, at now: Timestamp) throws {
        for arrival in happenings.compactMap(\.arrival) {
            try run(
                """
                INSERT OR IGNORE INTO provider_objects (provider, kind, remote_id, finetuning_id,
                    finetuning_alias, connection_id, origin, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    finetuning.baseModel.provider.rawValue, arrival.kind.rawValue, arrival.remoteID, finetuning.id,
                    finetuning.alias, finetuning.connectionID, arrival.origin.rawValue, now,
                ])
        }
    }

    /// Has the files of a finetuning removed at their provider, as soon as that can be.
    func requestFileRemoval(of finetuning: ObjectID, at now: Timestamp) throws {
        try run(
            """
            UPDATE provider_objects SET state = 'removing', not_before = ?
            WHERE finetuning_id = ? AND kind = 'file' AND state = 'present'
            """, [now, finetuning])
    }
}
