import GRDB
package import Identifiers

extension StateStore {
    /// Writes the time to disk, by the same way as every other write. Returns once it is there.
    ///
    /// Throws `degraded` if the disk does not take it. If the store is stuck, it does not return.
    package func leaveSignOfLife(at now: Timestamp) async throws(StoreError) {
        try await write { db in
            FailPoint.pass(.signOfLife, .before)
            try db.execute(
                sql: "INSERT INTO sign_of_life (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
                arguments: [now])
        }
    }
}
