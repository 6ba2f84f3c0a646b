import GRDB
package import Identifiers
import Jobs
package import TrainingData

extension StateStore {
    /// Adds a connection. Throws `aliasInUse`.
    package func insert(
        _ connection: DatabaseConnection, keeping reply: ReplyKeeping<Void>? = nil
    ) async throws(StoreError) {
        try await write(keeping: reply) { db in
            try db.checkIsFree(connection.alias, for: connection.id)
            try db.run(
                """
                INSERT INTO database_connections (id, alias, connection_uri, dialect, schemas, api_key_ciphertext,
                    api_key_hint, redaction, metadata, created_at, updated_at)
                VALUES (:id, :alias, :connection_uri, :dialect, :schemas, :api_key_ciphertext,
                    :api_key_hint, :redaction, :metadata, :created_at, :updated_at)
                """, try connection.columns())
        }
    }

    /// Changes a connection as it is now, and returns what it became. Throws `notFound` or `aliasInUse`.
    /// `whenCommitted` is called before anybody can read what changed.
    package func updateConnection(
        _ id: ObjectID, whenCommitted: @escaping @Sendable (DatabaseConnection) -> Void = { _ in },
        _ change: @escaping @Sendable (inout DatabaseConnection) -> Void
    ) async throws(StoreError) -> DatabaseConnection {
        try await write(whenCommitted: whenCommitted) { db in
            var connection = try db.connection(id)
            change(&connection)
            try db.checkIsFree(connection.alias, for: id)
            try db.run(
                """
                UPDATE database_connections SET alias = :alias, connection_uri = :connection_uri,
                    dialect = :dialect, schemas = :schemas, api_key_ciphertext = :api_key_ciphertext,
                    api_key_hint = :api_key_hint, redaction = :redaction, metadata = :metadata,
                    created_at = :created_at, updated_at = :updated_at
                WHERE id = :id
                """, try connection.columns())
            return connection
        }
    }

    /// Deletes a connection and the descriptions of its tables. Throws `notFound`, or `connectionInUse` while it
    /// has golden records or finetunings, or its key is needed to remove files at a provider. `whenCommitted` is called
    /// before anybody can see that it is gone.
    package func deleteConnection(
        _ id: ObjectID, whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) {
        try await write(whenCommitted: { whenCommitted() }) { db in
            try db.checkExists(.databaseConnection, id)
            let use = ConnectionUse(
                goldenRecords: try db.goldenRecordCount(of: id),
                finetunings: try db.count(of: "finetunings", ListFilter().with("connection_id", id)),
                removals: try db.count(
                    of: ProviderObject.table, ListFilter().with("state", "removing").with("connection_id", id)))
            guard use == ConnectionUse(goldenRecords: 0, finetunings: 0) else {
                throw StoreError.connectionInUse(id, by: use)
            }
            try db.run("DELETE FROM database_connections WHERE id = ?", [id])
        }
    }

    /// The connection with this id. Throws `notFound`.
    package func connection(_ id: ObjectID) async throws(StoreError) -> DatabaseConnection {
        try await read { db in try db.connection(id) }
    }

    /// A page of the connections with an alias, which is one at most, or of all.
    package func connections(
        alias: String? = nil, _ page: PageRequest
    ) async throws(StoreError) -> Page<DatabaseConnection> {
        try await read { db in
            let filter = ListFilter().with("alias", alias)
            let total = try db.count(of: DatabaseConnection.table, filter)
            let rows = try db.rows(of: DatabaseConnection.table, filter, on: page, total: total)
            return Page(items: try rows.map(DatabaseConnection.init), total: total)
        }
    }
}

extension Database {
    /// The connection with this id. Throws `notFound`.
    func connection(_ id: ObjectID) throws -> DatabaseConnection {
        guard let row = try first("SELECT * FROM database_connections WHERE id = ?", [id]) else {
            throw StoreError.notFound(.databaseConnection, id)
        }
        return try DatabaseConnection(row)
    }

    fileprivate func checkIsFree(_ alias: String, for id: ObjectID) throws {
        guard try !exists("SELECT 1 FROM database_connections WHERE alias = ? AND id <> ?", [alias, id]) else {
            throw StoreError.aliasInUse(.databaseConnection, alias)
        }
    }
}
