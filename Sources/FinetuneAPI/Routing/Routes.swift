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
    /// `DELETE /requests/{id}`
    public static let endRequest = Route<String, Nothing, Nothing, EndedRequest>(
        .delete, "/requests/{id}", by: .reader, "End a stream of the same connection")

    // MARK: Database connections

    /// `POST /database-connections`
    public static let createConnection = Route<Nothing, Nothing, NewDatabaseConnection, DatabaseConnection>(
        .post, "/database-connections", by: .operate, replies: .one(status: 201), "Register a database")
    /// `GET /database-connections`
    public static let listConnections = Route<Nothing, Paging, Nothing, [DatabaseConnection]>(
        .get, "/database-connections", by: .reader, "List the databases")
    /// `GET /database-connections/{id}`
    public static let readConnection = Route<ObjectID, Nothing, Nothing, DatabaseConnection>(
        .get, "/database-connections/{id}", by: .reader, "Read a database's registration")
    /// `PUT /database-connections/{id}`
    public static let changeConnection = Route<ObjectID, Nothing, DatabaseConnectionChanges, DatabaseConnection>(
        .put, "/database-connections/{id}", by: .operate, "Change a database's registration")
    /// `DELETE /database-connections/{id}`
    public static let deleteConnection = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/database-connections/{id}", by: .operate, "Remove a database that nothing refers to")

    // MARK: Table descriptions

    /// `POST /table-descriptions`
    public static let createTable = Route<Nothing, Nothing, NewTableDescription, TableDescription>(
        .post, "/table-descriptions", by: .operate, replies: .one(status: 201), "Describe a table")
    /// `GET /table-descriptions`
    public static let listTables = Route<Nothing, ConnectionPaging, Nothing, [TableDescription]>(
        .get, "/table-descriptions", by: .reader, "List the described tables")
    /// `GET /table-descriptions/{id}`
    public static let readTable = Route<ObjectID, Nothing, Nothing, TableDescription>(
        .get, "/table-descriptions/{id}", by: .reader, "Read a table's description")
    /// `PUT /table-descriptions/{id}`
    public static let changeTable = Route<ObjectID, Nothing, TableDescriptionChanges, TableDescription>(
        .put, "/table-descriptions/{id}", by: .operate, "Change a table's description")
    /// `DELETE /table-descriptions/{id}`
    public static let deleteTable = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/table-descriptions/{id}", by: .operate, "Remove a table's description")
    /// `POST /table-descriptions/sync-schemas`
    public static let syncSchemas = Route<Nothing, Nothing, SchemaSync, [TableDescription]>(
        .post, "/table-descriptions/sync-schemas", by: .operate, replies: .one(status: 201),
        "Scan tables of a database that the daemon can open")
    /// `POST /table-descriptions/refresh`
    public static let refreshTables = Route<Nothing, Nothing, TableRefresh, [TableDescription]>(
        .post, "/table-descriptions/refresh", by: .operate, replies: .one(status: 201),
        "Scan all tables again and mark those that are gone")

    // MARK: Golden records

    /// `POST /golden-records`
    public static let createRecords = Route<Nothing, Nothing, [NewGoldenRecord], [GoldenRecord]>(
        .post, "/golden-records", by: .operate, replies: .one(status: 201), "Add golden records, all or none")
    /// `GET /golden-records`
    public static let listRecords = Route<Nothing, ConnectionPaging, Nothing, [GoldenRecord]>(
        .get, "/golden-records", by: .reader, "List golden records")
    /// `GET /golden-records/{id}`
    public static let readRecord = Route<ObjectID, Nothing, Nothing, GoldenRecord>(
        .get, "/golden-records/{id}", by: .reader, "Read a golden record")
    /// `PUT /golden-records/{id}`
    public static let changeRecord = Route<ObjectID, Nothing, GoldenRecordChanges, GoldenRecord>(
        .put, "/golden-records/{id}", by: .operate, "Change a golden record")
    /// `DELETE /golden-records/{id}`
    public static let deleteRecord = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/golden-records/{id}", by: .operate, "Remove a golden record")

    // MARK: Finetunings

    /// `POST /finetunings`
    public static let createFinetuning = Route<Nothing, Nothing, NewFinetuning, Finetuning>(
        .post, "/finetunings", by: .operate, replies: .one(status: 201), "Fine-tune a model")
    /// `POST /finetunings/plan`
    public static let planFinetuning = Route<Nothing, Nothing, NewFinetuning, FinetuningPlan>(
        .post, "/finetunings/plan", by: .operate, "Say what would be trained; makes nothing, costs nothing")
    /// `GET /finetunings`
    public static let listFinetunings = Route<Nothing, FinetuningPaging, Nothing, [Finetuning]>(
        .get, "/finetunings", by: .reader, "List finetunings")
    /// `GET /finetunings/{id}`
    public static let readFinetuning = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .get, "/finetunings/{id}", by: .reader, "Read a finetuning")
    /// `GET /finetuning-jobs/{id}`
    public static let readFinetuningJob = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .get, "/finetuning-jobs/{id}", by: .reader, "Read a finetuning, under its other name")
    /// `PUT /finetunings/{id}`
    public static let changeFinetuning = Route<ObjectID, Nothing, FinetuningChanges, Finetuning>(
        .put, "/finetunings/{id}", by: .operate, "Change a finetuning's metadata")
    /// `DELETE /finetunings/{id}`
    public static let deleteFinetuning = Route<ObjectID, FinetuningDeletion, Nothing, Deleted>(
        .delete, "/finetunings/{id}", by: .operate, "Forget a finetuning that is over, its file at the provider too")
    /// `POST /finetunings/{id}/cancel`
    public static let cancelFinetuning = Route<ObjectID, Nothing, Nothing, Finetuning>(
        .post, "/finetunings/{id}/cancel", by: .operate, "End a finetuning early")
    /// `GET /finetunings/{id}/events`
    public static let finetuningEvents = Route<ObjectID, EventsQuery, Nothing, FinetuningEvent>(
        .get, "/finetunings/{id}/events", by: .reader, replies: .many, "What happened, and what happens")
    /// `GET /finetunings/{id}/checkpoints`
    public static let finetuningCheckpoints = Route<ObjectID, Nothing, Nothing, [Checkpoint]>(
        .get, "/finetunings/{id}/checkpoints", by: .reader, "What the provider measured")
    /// `GET /finetunings/{id}/file`
    public static let finetuningFile = Route<ObjectID, Nothing, Nothing, JSONValue>(
        .get, "/finetunings/{id}/file", by: .reader, replies: .many, "The training file, an example a line")

    // MARK: The ledger

    /// `GET /provider-objects`
    public static let listProviderObjects = Route<Nothing, ProviderObjectPaging, Nothing, [ProviderObject]>(
        .get, "/provider-objects", by: .reader, "List what was made at providers")

    // MARK: Administration

    /// `POST /admin/backup`
    public static let backUp = Route<Nothing, Nothing, Nothing, StateBackup>(
        .post, "/admin/backup", by: .admin, replies: .one(status: 201), "Copy the state while the daemon goes on")
    /// `POST /admin/check`
    public static let check = Route<Nothing, Nothing, Nothing, StateCheck>(
        .post, "/admin/check", by: .admin, "Check the state; everything else waits meanwhile")

    /// All of them, without their types.
    public static let all: [RouteSignature] = [
        heartbeat.signature, status.signature, endRequest.signature,
        createConnection.signature, listConnections.signature, readConnection.signature, changeConnection.signature,
        deleteConnection.signature,
        createTable.signature, listTables.signature, readTable.signature, changeTable.signature,
        deleteTable.signature, syncSchemas.signature, refreshTables.signature,
        createRecords.signature, listRecords.signature, readRecord.signature, changeRecord.signature,
        deleteRecord.signature,
        createFinetuning.signature, planFinetuning.signature, listFinetunings.signature, readFinetuning.signature,
        readFinetuningJob.signature, changeFinetuning.signature, deleteFinetuning.signature,
        cancelFinetuning.signature, finetuningEvents.signature, finetuningCheckpoints.signature,
        finetuningFile.signature,
        listProviderObjects.signature, backUp.signature, check.signature,
    ]
}
