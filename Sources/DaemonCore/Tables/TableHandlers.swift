import FinetuneAPI
import Identifiers
import Store
import TrainingData

/// Answers for table descriptions.
struct TableHandlers: Sendable {
    let store: StateStore
    let paths: Current<DatabasePathPolicy>
    let workers: WorkerThreads
    let ids: ObjectIDGenerator
    let rechecks: RecordRechecking
    let databases: DescribedDatabases

    var endpoints: [Endpoint] {
        [
            Routes.createTable.answered { try await create($0) },
            Routes.listTables.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                let tables = try await store.tables(of: call.query.databaseConnection, page)
                return try tables.items.map { try Wire.TableDescription($0) }
            },
            Routes.readTable.answered { try Wire.TableDescription(await store.table($0.parameter)) },
            Routes.changeTable.answered { try await change($0.parameter, $0.body) },
            Routes.deleteTable.answered { try await delete($0.parameter) },
            Routes.syncSchemas.answered { try await scan($0) },
            Routes.refreshTables.answered { try await refresh($0) },
        ]
    }

    private func create(
        _ call: Call<Nothing, Nothing, NewTableDescription>
    ) async throws -> Wire.TableDescription {
        let new = call.body
        let now = Timestamp.now
        let table = TrainingData.TableDescription(
            id: ids.next(now: now), connectionID: new.databaseConnection,
            schemaName: try FieldChecks.stored(new.schemaName, field: "schema_name"),
            tableName: try FieldChecks.name(new.tableName, field: "table_name"),
            tableSchema: try FieldChecks.storedText(new.tableSchema, field: "table_schema"),
            description: try FieldChecks.stored(new.description, field: "description"),
            columns: (new.columns ?? []).map { TrainingData.Column($0) },
            sampleRows: try SampleRow.rows(new.examples ?? []), status: .notScanned,
            metadata: try FieldChecks.metadata(new.metadata), createdAt: now, updatedAt: now)
        let reply = try Wire.TableDescription(table)
        let databases = databases
        try await store.insert(table, keeping: call.keeping { _ in reply }) {
            databases.changed(table.connectionID)
        }
        try await rechecks.tablesChanged(of: table.connectionID)
        return reply
    }

    private func change(_ id: ObjectID, _ changes: TableDescriptionChanges) async throws -> Wire.TableDescription {
        let schema = try changes.tableSchema.map { try FieldChecks.storedText($0, field: "table_schema") }
        let description = try FieldChecks.stored(changes.description, field: "description")
        let rows = try changes.examples.map { try SampleRow.rows($0) }
        let metadata = try FieldChecks.metadata(changes.metadata)
        let databases = databases
        let table = try await store.updateTable(id, whenCommitted: { databases.changed($0.connectionID) }) { table in
            if let schema { table.tableSchema = schema }
            table.description = description.applied(to: table.description)
            if let columns = changes.columns { table.columns = columns.map { TrainingData.Column($0) } }
            if let rows { table.sampleRows = rows }
            table.metadata = metadata.applied(to: table.metadata)
            table.updatedAt = .now
        }
        if schema != nil { try await rechecks.tablesChanged(of: table.connectionID) }
        return try Wire.TableDescription(table)
    }

    private func delete(_ id: ObjectID) async throws -> Deleted {
        let table = try await store.table(id)
        let databases = databases
        try await store.deleteTable(id) { databases.changed(table.connectionID) }
        try await rechecks.tablesChanged(of: table.connectionID)
        return Deleted(id: id)
    }
}

// MARK: Scanning

extension TableHandlers {
    private func scan(_ call: Call<Nothing, Nothing, SchemaSync>) async throws -> [Wire.TableDescription] {
        let (connection, names) = (call.body.databaseConnection, call.body.tableNames)
        let found = try await scanned(connection, only: names.map(Set.init))
        if let names {
            let known = Set(found.map { $0.tableName.lowercased() })
            if let missing = names.first(where: { !known.contains($0.lowercased()) }) {
                throw APIError.invalidField("table_names", "the database has no table \"\(missing.prefix(128))\"")
            }
        }
        return try await keep(
            found, connection, markingMissing: false,
            keeping: call.keeping { try $0.map { try Wire.TableDescription($0) } })
    }

    private func refresh(_ call: Call<Nothing, Nothing, TableRefresh>) async throws -> [Wire.TableDescription] {
        let connection = call.body.databaseConnection
        return try await keep(
            try await scanned(connection, only: nil), connection, markingMissing: true,
            keeping: call.keeping { try $0.map { try Wire.TableDescription($0) } })
    }

    private func scanned(_ id: ObjectID, only names: Set<String>?) async throws -> [ScannedTable] {
        let connection = try await store.connection(id)
        guard connection.dialect == .sqlite, let uri = connection.connectionURI else {
            throw APIError(
                .invalidDatabaseConnection, "the daemon cannot open this \(connection.dialect.displayName) database",
                remedy: "Describe its tables with POST \(Routes.createTable.signature.path.description).",
                detail: ["id": .string(id.description)])
        }
        let paths = paths.now
        return try await workers.run { try SQLiteScanner.scan(path: paths.admit(uri), only: names) }
    }

    private func keep(
        _ found: [ScannedTable], _ connection: ObjectID, markingMissing: Bool,
        keeping reply: ReplyKeeping<[TrainingData.TableDescription]>?
    ) async throws -> [Wire.TableDescription] {
        let (databases, ids) = (databases, ids)
        let tables = try await store.describeTables(
            of: connection, keeping: reply, whenCommitted: { databases.changed(connection) }
        ) { known in
            SchemaUpdate(
                known: known, found: found, connection: connection, ids: ids, now: .now, markingMissing: markingMissing
            ).tables
        }
        try await rechecks.tablesChanged(of: connection)
        return try tables.map { try Wire.TableDescription($0) }
    }
}

/// What a scan makes of the descriptions that there are.
struct SchemaUpdate {
    /// The descriptions that are new or changed.
    let tables: [TrainingData.TableDescription]

    /// Tables are matched by name without regard to case, as SQLite does.
    init(
        known: [TrainingData.TableDescription], found: [ScannedTable], connection: ObjectID, ids: ObjectIDGenerator,
        now: Timestamp, markingMissing: Bool
    ) {
        let byName = Dictionary(known.map { ($0.tableName.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        var tables = found.map { scanned in
            guard var table = byName[scanned.tableName.lowercased()] else {
                return TrainingData.TableDescription(
                    id: ids.next(now: now), connectionID: connection, scanned: scanned, at: now)
            }
            table.update(from: scanned, at: now)
            return table
        }
        if markingMissing {
            let present = Set(found.map { $0.tableName.lowercased() })
            for var table in known where !present.contains(table.tableName.lowercased()) {
                table.status = .deprecated
                table.updatedAt = now
                tables.append(table)
            }
        }
        self.tables = tables
    }
}
