import GRDB
package import Identifiers
package import TrainingData

// `whenCommitted` is called before anybody can read what changed.

extension StateStore {
    /// Adds descriptions to a connection, or puts them in the place of those of the same schema and table, which keep
    /// their ids and the moments of their making. `describe` gets those that there are. All or nothing. Returns them as
    /// they are stored, in order. Throws `notFound` for the connection.
    package func describeTables(
        of connection: ObjectID, keeping reply: ReplyKeeping<[TableDescription]>? = nil,
        whenCommitted: @escaping @Sendable () -> Void = {},
        _ describe: @escaping @Sendable ([TableDescription]) -> [TableDescription]
    ) async throws(StoreError) -> [TableDescription] {
        try await write(keeping: reply, whenCommitted: { _ in whenCommitted() }) { db in
            try db.checkExists(.databaseConnection, connection)
            try db.noteTablesChanged(of: connection)
            return try describe(try db.tables(of: connection)).map { table in
                let row = try db.first(TableDescription.upsert, try table.columnValues())
                return try row.map(TableDescription.init) ?? table
            }
        }
    }

    /// Adds a description. Throws `notFound` for its connection, or `tableAlreadyDescribed`.
    package func insert(
        _ table: TableDescription, keeping reply: ReplyKeeping<Void>? = nil,
        whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) {
        try await write(keeping: reply, whenCommitted: { whenCommitted() }) { db in
            try db.checkExists(.databaseConnection, table.connectionID)
            try db.checkIsOnlyDescription(table)
            try db.noteTablesChanged(of: table.connectionID)
            try db.run(TableDescription.upsert, try table.columnValues())
        }
    }

    /// Changes a description as it is now, and returns what it became.
    /// Throws `notFound`, or `tableAlreadyDescribed` if it came to be of another's table.
    package func updateTable(
        _ id: ObjectID, whenCommitted: @escaping @Sendable (TableDescription) -> Void = { _ in },
        _ change: @escaping @Sendable (inout TableDescription) -> Void
    ) async throws(StoreError) -> TableDescription {
        try await write(whenCommitted: whenCommitted) { db in
            var table = try db.table(id)
            let schema = table.tableSchema
            change(&table)
            try db.checkIsOnlyDescription(table)
            if table.tableSchema != schema { try db.noteTablesChanged(of: table.connectionID) }
            try db.run(
                """
                UPDATE table_descriptions SET connection_id = :connection_id, schema_name = :schema_name,
                    table_name = :table_name, table_schema = :table_schema, description = :description,
                    columns = :columns, sample_rows = :sample_rows, status = :status, metadata = :metadata,
                    created_at = :created_at, updated_at = :updated_at
                WHERE id = :id
                """, try table.columnValues())
            return table
        }
    }

    /// Deletes a description. Throws `notFound`.
    package func deleteTable(
        _ id: ObjectID, whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) {
        try await write(whenCommitted: { whenCommitted() }) { db in
            try db.noteTablesChanged(of: try db.table(id).connectionID)
            try db.run("DELETE FROM table_descriptions WHERE id = ?", [id])
        }
    }

    /// The description with this id. Throws `notFound`.
    package func table(_ id: ObjectID) async throws(StoreError) -> TableDescription {
        try await read { db in try db.table(id) }
    }

    /// A page of the descriptions of one connection, or of all.
    package func tables(of connection: ObjectID?, _ page: PageRequest) async throws(StoreError)
        -> Page<TableDescription>
    {
        try await read { db in
            let filter = ListFilter().with("connection_id", connection)
            let total = try db.count(of: TableDescription.table, filter)
            let rows = try db.rows(of: TableDescription.table, filter, on: page, total: total)
            return Page(items: try rows.map(TableDescription.init), total: total)
        }
    }

    /// Every description of a connection, in the order of schema and name.
    package func tables(of connection: ObjectID) async throws(StoreError) -> [TableDescription] {
        try await read { db in try db.tables(of: connection) }
    }
}

extension TableDescription {
    fileprivate static let upsert = """
        INSERT INTO table_descriptions (id, connection_id, schema_name, table_name, table_schema, description,
            columns, sample_rows, status, metadata, created_at, updated_at)
        VALUES (:id, :connection_id, :schema_name, :table_name, :table_schema, :description,
            :columns, :sample_rows, :status, :metadata, :created_at, :updated_at)
        ON CONFLICT (connection_id, ifnull(schema_name, ''), table_name) DO UPDATE SET
            schema_name = excluded.schema_name, table_schema = excluded.table_schema,
            description = excluded.description, columns = excluded.columns, sample_rows = excluded.sample_rows,
            status = excluded.status, metadata = excluded.metadata, updated_at = excluded.updated_at
        RETURNING *
        """
}

extension Database {
    fileprivate func tables(of connection: ObjectID) throws -> [TableDescription] {
        try all(
            """
            SELECT * FROM table_descriptions WHERE connection_id = ?
            ORDER BY ifnull(schema_name, ''), table_name
            """, [connection]
        ).map(TableDescription.init)
    }

    fileprivate func table(_ id: ObjectID) throws -> TableDescription {
        guard let row = try first("SELECT * FROM table_descriptions WHERE id = ?", [id]) else {
            throw StoreError.notFound(.tableDescription, id)
        }
        return try TableDescription(row)
    }

    fileprivate func checkIsOnlyDescription(_ table: TableDescription) throws {
        let isTaken = try exists(
            """
            SELECT 1 FROM table_descriptions
            WHERE connection_id = ? AND ifnull(schema_name, '') = ? AND table_name = ? AND id <> ?
            """, [table.connectionID, table.schemaName ?? "", table.tableName, table.id])
        if isTaken { throw StoreError.tableAlreadyDescribed(name: table.qualifiedName) }
    }
}
