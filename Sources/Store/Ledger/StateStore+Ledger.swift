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

    /// All that is to be removed at its provider, the longest due first.
    package func removals() async throws(StoreError) -> [PendingRemoval] {
        try await read { db in
            try db.all(
                "SELECT id, not_before FROM provider_objects WHERE state = 'removing' ORDER BY not_before", []
            ).map(PendingRemoval.init)
        }
    }

    /// What is to be removed of one finetuning.
    package func removals(of finetuning: ObjectID) async throws(StoreError) -> [PendingRemoval] {
        try await read { db in
            try db.all(
                """
                SELECT id, not_before FROM provider_objects INDEXED BY provider_objects_by_finetuning
                WHERE finetuning_id = ? AND state = 'removing'
                """, [finetuning]
            ).map(PendingRemoval.init)
        }
    }

    /// Those of the objects with these numbers that are still to be removed, in their order.
    package func removals(numbered numbers: [Int]) async throws(StoreError) -> [ProviderObject] {
        try await read { db in
            try numbers.compactMap { number in
                try db.first("SELECT * FROM provider_objects WHERE id = ? AND state = 'removing'", [number])
                    .map(ProviderObject.init)
            }
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

    /// The provider did not remove an object, for this reason; the next try is due at `next`.
    package func postponeRemoval(
        of object: Int, until next: Timestamp, because reason: String
    ) async throws(StoreError) {
        try await write { db in
            try db.run(
                """
                UPDATE provider_objects SET not_before = ?, failure_reason = ?, failed_tries = failed_tries + 1
                WHERE id = ? AND state = 'removing'
                """, [next, reason, object])
        }
    }
}

/// An object that is to be removed at its provider.
package struct PendingRemoval: Hashable, Sendable {
    /// Its number in the ledger.
    package let object: Int
    /// When it is to be tried, by the clock as it was set then.
    package let notBefore: Timestamp
}

extension PendingRemoval {
    fileprivate init(_ row: Row) throws {
        let reader = RowReader(table: ProviderObject.table, row: row)
        self.init(object: try reader.value("id"), notBefore: try reader.value("not_before"))
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

    /// What was made at providers for a finetuning, oldest first.
    func providerObjects(of finetuning: ObjectID) throws -> [ProviderObject] {
        try all(
            "SELECT * FROM \(ProviderObject.table) WHERE finetuning_id = ? ORDER BY id", [finetuning]
        ).map(ProviderObject.init)
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
