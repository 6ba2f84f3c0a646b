public import Identifiers

/// Every route of the daemon.
public enum Routes {
    // MARK: The daemon

    /// `GET /heartbeat`
    public static let heartbeat = Route<Nothing, Nothing, Nothing, Heartbeat>(
        .get, "/heartbeat", by: .reader, "Whether the daemon answers")
    /// `GET /status`
    public static let status = Route<Nothing, Nothing, Nothing, DaemonStatus>(
        .get, "/status", by: .reader, "Version, uptime, limits, jobs, providers, storage")
    /// `GET /openapi`
    public static let openAPI = Route<Nothing, Nothing, Nothing, JSONValue>(
        .get, "/openapi", by: .reader, "This document: every route, as OpenAPI 3.1")
    /// `DELETE /requests/{id}`
    public static let endRequest = Route<String, Nothing, Nothing, EndedRequest>(
        .delete, "/requests/{id}", by: .reader, "End a stream of the same connection",
        changesNothing: true, refusals: [.requestNotFound])

    // MARK: Database connections

    /// `POST /database-connections`
    public static let createConnection = Route<Nothing, Nothing, NewDatabaseConnection, DatabaseConnection>(
        .post, "/database-connections", by: .operate, replies: .one(status: 201), "Register a database",
        refusals: [.aliasInUse, .invalidDatabaseURIFormat, .invalidDatabaseConnection, .emptyDatabase])
    /// `GET /database-connections`
    public static let listConnections = Route<Nothing, AliasPaging, Nothing, [DatabaseConnection]>(
        .get, "/database-connections", by: .reader, "List the databases")
    /// `GET /database-connections/{id}`
    public static let readConnection = Route<ObjectID, Nothing, Nothing, DatabaseConnection>(
        .get, "/database-connections/{id}", by: .reader, "Read a database's registration",
        refusals: [.databaseConnectionNotFound])
    /// `PUT /database-connections/{id}`
    public static let changeConnection = Route<ObjectID, Nothing, DatabaseConnectionChanges, DatabaseConnection>(
        .put, "/database-connections/{id}", by: .operate, "Change a database's registration",
        refusals: [
            .databaseConnectionNotFound, .aliasInUse, .invalidDatabaseURIFormat, .invalidDatabaseConnection,
            .emptyDatabase,
        ])
    /// `DELETE /database-connections/{id}`
    public static let deleteConnection = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/database-connections/{id}", by: .operate, "Remove a database that nothing refers to",
        refusals: [.databaseConnectionNotFound, .resourceInUse])

    /// `GET /database-connections/{id}/record-checks`
    public static let recordChecks = Route<ObjectID, Nothing, Nothing, RecordChecks>(
        .get, "/database-connections/{id}/record-checks", by: .reader,
        "How far a database's golden records are checked", refusals: [.databaseConnectionNotFound])

    // MARK: Table descriptions

    /// `POST /table-descriptions`
    public static let createTable = Route<Nothing, Nothing, NewTableDescription, TableDescription>(
        .post, "/table-descriptions", by: .operate, replies: .one(status: 201), "Describe a table",
        refusals: [.databaseConnectionNotFound, .aliasInUse])
    /// `GET /table-descriptions`
    public static let listTables = Route<Nothing, ConnectionPaging, Nothing, [TableDescription]>(
        .get, "/table-descriptions", by: .reader, "List the described tables")
    /// `GET /table-descriptions/{id}`
    public static let readTable = Route<ObjectID, Nothing, Nothing, TableDescription>(
        .get, "/table-descriptions/{id}", by: .reader, "Read a table's description",
        refusals: [.tableDescriptionNotFound])
    /// `PUT /table-descriptions/{id}`
    public static let changeTable = Route<ObjectID, Nothing, TableDescriptionChanges, TableDescription>(
        .put, "/table-descriptions/{id}", by: .operate, "Change a table's description",
        refusals: [.tableDescriptionNotFound])
    /// `DELETE /table-descriptions/{id}`
    public static let deleteTable = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/table-descriptions/{id}", by: .operate, "Remove a table's description",
        refusals: [.tableDescriptionNotFound])
    /// `POST /table-descriptions/sync-schemas`
    public static let syncSchemas = Route<Nothing, Nothing, SchemaSync, [TableDescription]>(
        .post, "/table-descriptions/sync-schemas", by: .operate, replies: .one(status: 201),
        "Scan tables of a database that the daemon can open",
        refusals: [.databaseConnectionNotFound, .invalidDatabaseURIFormat, .invalidDatabaseConnection, .emptyDatabase])
    /// `POST /table-descriptions/refresh`
    public static let refreshTables = Route<Nothing, Nothing, TableRefresh, [TableDescription]>(
        .post, "/table-descriptions/refresh", by: .operate, replies: .one(status: 201),
        "Scan all tables again and mark those that are gone",
        refusals: [.databaseConnectionNotFound, .invalidDatabaseURIFormat, .invalidDatabaseConnection, .emptyDatabase])

    // MARK: Golden records

    /// `POST /golden-records`
    public static let createRecords = Route<Nothing, Nothing, [NewGoldenRecord], [GoldenRecord]>(
        .post, "/golden-records", by: .operate, replies: .one(status: 201), "Add golden records, all or none",
        refusals: [.databaseConnectionNotFound])
    /// `POST /golden-records/import`
    public static let importRecords = Route<Nothing, Nothing, [NewGoldenRecord], ImportedRecords>(
        .post, "/golden-records/import", by: .operate, replies: .one(status: 201),
        "Add golden records, all or none, and reply with a summary", refusals: [.databaseConnectionNotFound])
    /// `GET /golden-records`
    public static let listRecords = Route<Nothing, ConnectionPaging, Nothing, [GoldenRecord]>(
        .get, "/golden-records", by: .reader, "List golden records")
    /// `GET /golden-records/{id}`
    public static let readRecord = Route<ObjectID, Nothing, Nothing, GoldenRecord>(
        .get, "/golden-records/{id}", by: .reader, "Read a golden record",
        refusals: [.goldenRecordNotFound])
    /// `PUT /golden-records/{id}`
    public static let changeRecord = Route<ObjectID, Nothing, GoldenRecordChanges, GoldenRecord>(
        .put, "/golden-records/{id}", by: .operate, "Change a golden record",
        refusals: [.goldenRecordNotFound])
    /// `DELETE /golden-records/{id}`
    public static let deleteRecord = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/golden-records/{id}", by: .operate, "Remove a golden record",
        refusals: [.goldenRecordNotFound, .resourceInUse])

    // MARK: Finetunings

    /// `POST /finetunings`
    public static let createFinetuning = Route<Nothing, Nothing, NewFinetuning, Finetuning>(
        .post, "/finetunings", by: .operate, replies: .one(status: 201), "Fine-tune a model",
        refusals: [
            .databaseConnectionNotFound, .goldenRecordNotFound, .invalidGoldenRecord, .modelProviderNotSupported,
            .llmModelNotSupported, .invalidModelParameter, .notEnoughGoldenRecords, .aliasInUse, .budgetExceeded,
            .planChanged, .trainingFileTooLarge,
        ])
    /// `POST /finetunings/plan`
    public static let planFinetuning = Route<Nothing, Nothing, NewFinetuning, FinetuningPlan>(
        .post, "/finetunings/plan", by: .operate, "Say what would be trained; makes nothing, costs nothing",
        changesNothing: true,
        refusals: [
            .databaseConnectionNotFound, .goldenRecordNotFound, .invalidGoldenRecord, .modelProviderNotSupported,
            .llmModelNotSupported, .invalidModelParameter,
        ])
    /// `GET /finetunings`
    public static let listFinetunings = Route<Nothing, FinetuningPaging, Nothing, [Finetuning]>(
        .get, "/finetunings", by: .reader, "List finetunings")
    /// `GET /finetunings/{id}`
    public static let readFinetuning = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .get, "/finetunings/{id}", by: .reader, "Read a finetuning",
        refusals: [.finetuningNotFound])
    /// `GET /finetuning-jobs/{id}`
    public static let readFinetuningJob = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .get, "/finetuning-jobs/{id}", by: .reader, "Read a finetuning, under its other name",
        refusals: [.finetuningNotFound])
    /// `PUT /finetunings/{id}`
    public static let changeFinetuning = Route<ObjectID, Nothing, FinetuningChanges, Finetuning>(
        .put, "/finetunings/{id}", by: .operate, "Change a finetuning's metadata",
        refusals: [.finetuningNotFound])
    /// `DELETE /finetunings/{id}`
    public static let deleteFinetuning = Route<ObjectID, FinetuningDeletion, Nothing, DeletedFinetuning>(
        .delete, "/finetunings/{id}", by: .operate, "Forget a finetuning that is over, its file at the provider too",
        refusals: [.finetuningNotFound, .finetuningInProgress, .evaluationInProgress, .resourceInUse])
    /// `POST /finetunings/{id}/cancel`
    public static let cancelFinetuning = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .post, "/finetunings/{id}/cancel", by: .operate, "End a finetuning early",
        refusals: [.finetuningNotFound, .finetuningNotCancellable])
    /// `GET /finetunings/{id}/events`
    public static let finetuningEvents = Route<ObjectID, EventsQuery, Nothing, FinetuningEvent>(
        .get, "/finetunings/{id}/events", by: .reader, replies: .many(status: 200), "What happened, and what happens",
        last: EventsEnd.self,
        refusals: [.finetuningNotFound, .streamEnded, .streamLagged])
    /// `GET /events`
    public static let events = Route<Nothing, HistoryQuery, Nothing, HistoryEvent>(
        .get, "/events", by: .reader, replies: .many(status: 200),
        "What happened to all finetunings, and what happens",
        last: HistoryEnd.self, refusals: [.streamEnded, .streamLagged])
    /// `GET /finetunings/{id}/checkpoints`
    public static let finetuningCheckpoints = Route<ObjectID, Nothing, Nothing, [Checkpoint]>(
        .get, "/finetunings/{id}/checkpoints", by: .reader, "What the provider measured",
        refusals: [.finetuningNotFound])
    /// `GET /finetunings/{id}/file`
    public static let finetuningFile = Route<ObjectID, FileQuery, Nothing, JSONValue>(
        .get, "/finetunings/{id}/file", by: .reader, replies: .many(status: 200),
        "The training or validation file, an example a line",
        last: TrainingFile.self,
        refusals: [.finetuningNotFound, .trainingFileNotFound, .streamEnded])

    // MARK: The ledger

    /// `GET /provider-objects`
    public static let listProviderObjects = Route<Nothing, ProviderObjectPaging, Nothing, [ProviderObject]>(
        .get, "/provider-objects", by: .reader, "List what was made at providers")

    // MARK: Administration

    /// `POST /admin/backup`
    public static let backUp = Route<Nothing, BackupOptions, Nothing, StateBackup>(
        .post, "/admin/backup", by: .admin, replies: .one(status: 201), "Copy the state while the daemon goes on")
    /// `POST /admin/check`
    public static let check = Route<Nothing, Nothing, Nothing, StateCheck>(
        .post, "/admin/check", by: .admin, "Check the state; everything else waits meanwhile")

    /// All of them, without their types.
    public static let all: [RouteSignature] = general + models + asking + evaluations

    private static let general: [RouteSignature] = [
        heartbeat.signature, status.signature, openAPI.signature, endRequest.signature,
        createConnection.signature, listConnections.signature, readConnection.signature, changeConnection.signature,
        deleteConnection.signature, recordChecks.signature,
        createTable.signature, listTables.signature, readTable.signature, changeTable.signature,
        deleteTable.signature, syncSchemas.signature, refreshTables.signature,
        createRecords.signature, importRecords.signature, listRecords.signature, readRecord.signature,
        changeRecord.signature, deleteRecord.signature,
        createFinetuning.signature, planFinetuning.signature, listFinetunings.signature, readFinetuning.signature,
        readFinetuningJob.signature, changeFinetuning.signature, deleteFinetuning.signature,
        cancelFinetuning.signature, finetuningEvents.signature, finetuningCheckpoints.signature,
        finetuningFile.signature, events.signature,
        listProviderObjects.signature, backUp.signature, check.signature,
    ]
}
