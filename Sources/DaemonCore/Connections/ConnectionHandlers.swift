import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// Answers for database connections.
struct ConnectionHandlers: Sendable {
    let store: StateStore
    let secrets: SecretBox
    let paths: Current<DatabasePathPolicy>
    let workers: WorkerThreads
    let ids: ObjectIDGenerator
    let rechecks: RecordRechecking
    let scheduler: JobScheduler
    let databases: DescribedDatabases

    var endpoints: [Endpoint] {
        [
            Routes.createConnection.answered { try await create($0) },
            Routes.listConnections.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                let connections = try await store.connections(alias: call.query.alias, page).items
                return try connections.map { try Wire.DatabaseConnection($0) }
            },
            Routes.readConnection.answered { try Wire.DatabaseConnection(await store.connection($0.parameter)) },
            Routes.changeConnection.answered { try await change($0.parameter, $0.body) },
            Routes.deleteConnection.answered { call in
                let databases = databases
                try await store.deleteConnection(call.parameter) { databases.changed(call.parameter) }
                return Deleted(id: call.parameter)
            },
        ]
    }

    private func create(
        _ call: Call<Nothing, Nothing, NewDatabaseConnection>
    ) async throws -> Wire.DatabaseConnection {
        let new = call.body
        let id = ids.next()
        let now = Timestamp.now
        let connection = TrainingData.DatabaseConnection(
            id: id, alias: try FieldChecks.name(new.alias, field: "alias"), connectionURI: new.connectionURI,
            dialect: try dialect(named: new.dialect, uri: new.connectionURI), schemas: new.schemas ?? [],
            sealedAPIKey: try new.llmAPIKey.map { try seal($0, for: id) },
            redaction: new.redaction.map { TrainingData.Redaction($0) } ?? .masked,
            metadata: try FieldChecks.metadata(new.metadata),
            createdAt: now, updatedAt: now)
        try await probe(connection.connectionURI, connection.dialect)
        let reply = try Wire.DatabaseConnection(connection)
        try await store.insert(connection, keeping: call.keeping { _ in reply })
        return reply
    }

    private func change(_ id: ObjectID, _ changes: DatabaseConnectionChanges) async throws -> Wire.DatabaseConnection {
        let old = try await store.connection(id)
        let alias = try changes.alias.map { try FieldChecks.name($0, field: "alias") }
        let uri = changes.connectionURI.applied(to: old.connectionURI)
        let dialect = try dialect(named: changes.dialect ?? (uri == nil ? old.dialect.rawValue : nil), uri: uri)
        let key = try sealed(changes.llmAPIKey, for: id)
        let metadata = try FieldChecks.metadata(changes.metadata)
        if uri != old.connectionURI { try await probe(uri, dialect) }
        let databases = databases
        let changed = try await store.updateConnection(id, whenCommitted: { databases.changed($0.id) }) { connection in
            if let alias { connection.alias = alias }
            if changes.connectionURI != .unchanged || changes.dialect != nil {
                connection.connectionURI = uri
                connection.dialect = dialect
            }
            if let schemas = changes.schemas { connection.schemas = schemas }
            if let redaction = changes.redaction { connection.redaction = TrainingData.Redaction(redaction) }
            connection.sealedAPIKey = key.applied(to: connection.sealedAPIKey)
            connection.metadata = metadata.applied(to: connection.metadata)
            connection.updatedAt = .now
        }
        let isOtherDatabase = changed.dialect != old.dialect || changed.connectionURI != old.connectionURI
        if isOtherDatabase { try await rechecks.tablesChanged(of: id) }
        if changed.sealedAPIKey != old.sealedAPIKey { try await scheduler.keysReplaced(of: id) }
        return try Wire.DatabaseConnection(changed)
    }

    private func dialect(named name: String?, uri: String?) throws(APIError) -> SQLDialect {
        let fromURI = try uri.map { uri throws(APIError) in try ConnectionURI(uri).dialect }
        guard let name else {
            guard let fromURI else { throw .invalidField("dialect", "is needed where there is no connection_uri") }
            return fromURI
        }
        guard let dialect = SQLDialect(rawValue: name.lowercased()) else {
            let known = SQLDialect.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidField("dialect", "must be one of \(known)")
        }
        if let fromURI, fromURI != dialect {
            throw .invalidField("dialect", "is \(dialect.rawValue), but connection_uri is of \(fromURI.rawValue)")
        }
        return dialect
    }

    private func sealed(_ change: Change<String>, for id: ObjectID) throws -> Replacement<SealedSecret> {
        switch change {
        case .unchanged: .keep
        case .cleared: .clear
        case .set(let key): .replace(try seal(key, for: id))
        }
    }

    private func seal(_ key: String, for id: ObjectID) throws -> SealedSecret {
        let key = key.trimmed
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIError.invalidField("llm_api_key", "must be printable ASCII without spaces")
        }
        return try secrets.seal(Secret(key), for: id)
    }

    // A file that cannot be opened now is refused now, before anything builds on it.
    private func probe(_ uri: String?, _ dialect: SQLDialect) async throws {
        guard dialect == .sqlite, let uri else { return }
        let paths = paths.now
        try await workers.run { _ = try SQLiteScanner.scan(path: paths.admit(uri), only: []) }
    }
}

extension Wire.DatabaseConnection {
    /// The domain's form, as clients read it. Of a key only the last characters are shown.
    init(_ connection: TrainingData.DatabaseConnection) throws {
        self.init(
            id: connection.id, alias: connection.alias, connectionURI: connection.connectionURI,
            dialect: connection.dialect.rawValue, schemas: connection.schemas,
            llmAPIKey: connection.sealedAPIKey?.description, metadata: try connection.metadata?.json,
            createdAt: connection.createdAt, updatedAt: connection.updatedAt,
            redaction: Wire.Redaction(connection.redaction))
    }
}

extension TrainingData.Redaction {
    fileprivate init(_ redaction: Wire.Redaction) {
        self =
            switch redaction {
            case .nothing: .nothing
            case .masked: .masked
            case .full: .full
            }
    }
}

extension Wire.Redaction {
    /// The domain's form, as clients read it.
    init(_ redaction: TrainingData.Redaction) {
        self =
            switch redaction {
            case .nothing: .nothing
            case .masked: .masked
            case .full: .full
            }
    }
}
