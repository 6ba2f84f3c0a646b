import GRDB
package import Identifiers

extension StateStore {
    /// The connections whose tables, or database, changed after their golden records were last checked.
    package func connectionsToRecheck() async throws(StoreError) -> [ObjectID] {
        try await read { db in
            try ObjectID.fetchAll(db, sql: "SELECT connection_id FROM record_rechecks ORDER BY connection_id")
        }
    }

    /// How many changes of a connection's tables its records were not checked after, for `endRecheck`.
    package func changesToRecheck(of connection: ObjectID) async throws(StoreError) -> Int {
        try await read { db in
            try db.one("SELECT changes FROM record_rechecks WHERE connection_id = ?", [connection]) ?? 0
        }
    }

    /// All records of a connection are checked against what it was after so many changes.
    package func endRecheck(of connection: ObjectID, changes: Int) async throws(StoreError) {
        try await write { db in
            try db.run("DELETE FROM record_rechecks WHERE connection_id = ? AND changes = ?", [connection, changes])
        }
    }
}

extension Database {
    /// Marks a connection, whose tables or database change in this transaction, for its records to be checked again.
    func noteTablesChanged(of connection: ObjectID) throws {
        try run(
            """
            INSERT INTO record_rechecks (connection_id) VALUES (?) ON CONFLICT DO UPDATE SET changes = changes + 1
            """, [connection])
    }
}
