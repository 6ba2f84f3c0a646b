import FinetuneAPI
import Identifiers

/// One value of each wire type, with every field set, and one with every optional field empty where there are any.
enum Sample {
    static let id = ObjectID(seconds: 0x6579_EB39, suffix: 0xA1B2_C3D4_E5F6_0718)
    static let other = ObjectID(seconds: 0x6579_EB39, suffix: 0xA1B2_C3D4_E5F6_0719)
    static let time = Timestamp(microseconds: 1_702_488_953_263_485)
    static let notes: JSONValue = ["team": "sales", "rank": 3, "tags": ["a", .null]]

    static let connection = DatabaseConnection(
        id: id, alias: "shop", connectionURI: "sqlite:///srv/shop.sqlite", dialect: "sqlite", schemas: ["main"],
        llmAPIKey: "…abcd", metadata: notes, createdAt: time, updatedAt: time, redaction: .full)
    static let bareConnection = DatabaseConnection(
        id: id, alias: "shop", connectionURI: nil, dialect: "postgresql", schemas: [], llmAPIKey: nil, metadata: nil,
        createdAt: time, updatedAt: time, redaction: .nothing)

    static let column = Column(
        name: "country", dataType: "TEXT", description: "where it is", isPrimaryKey: false, lowCardinality: true,
        categories: ["DE", "FR"], foreignKey: ForeignKey(fieldName: "code", referenceTable: "countries"))
    static let table = TableDescription(
        id: id, databaseConnection: other, schemaName: "main", tableName: "customers",
        tableSchema: "CREATE TABLE customers (country TEXT)", description: "who buys",
        columns: [column, Column(name: "id")], examples: [["country": "DE", "id": 1.5]], status: .scanned,
        metadata: notes, createdAt: time, updatedAt: time)
    static let bareTable = TableDescription(
        id: id, databaseConnection: other, schemaName: nil, tableName: "t", tableSchema: "CREATE TABLE t (a)",
        description: nil, columns: [], examples: [], status: .notScanned, metadata: nil, createdAt: time,
        updatedAt: time)

    static let record = GoldenRecord(
        id: id, databaseConnection: other, promptText: "How many \"customers\"?\n", sql: "SELECT count(*) FROM c",
        metadata: notes, createdAt: time, updatedAt: time,
        check: RecordCheck(status: .invalid, reason: "no such table: c"))
    static let bareRecord = GoldenRecord(
        id: id, databaseConnection: other, promptText: "q", sql: "SELECT 1", metadata: nil, createdAt: time,
        updatedAt: time, check: RecordCheck(status: .unchecked, reason: nil))

    static let baseLLM = BaseLLM(
        modelProvider: "openai", modelName: "gpt-4.1-mini",
        modelParameters: ModelParameters(epochs: "1", batchSize: "auto", learningRateMultiplier: "0.5"))
    static let finetuning = Finetuning(
        id: id, alias: "shop_2023121317", databaseConnection: other, status: .validatingFiles, error: "none yet",
        baseLLM: baseLLM, fileID: "file-1", jobID: "ftjob-1", modelID: "ft:1", createdAt: time,
        goldenRecords: [id, other], metadata: notes, schemas: ["main"], updatedAt: time, step: .submitted,
        obstacle: "slow down", cancelRequested: true,
        trainingFile: TrainingFile(examples: 12, bytes: 4_096, sha256: "0a"),
        lineage: Lineage(
            catalogueDate: "2026-07-02", vocabulary: "o200k_base", tokensPerExample: 65_536,
            modelParameters: ModelParameters(epochs: "3"), seed: 7, serialiserVersion: 2, schemaFingerprint: "ff",
            redaction: .masked, datasetSHA256: "0a", datasetTokens: 99))
    static let bareFinetuning = Finetuning(
        id: id, alias: "a", databaseConnection: other, status: .queued, error: nil, baseLLM: BaseLLM(), fileID: nil,
        jobID: nil, modelID: nil, createdAt: time, goldenRecords: [], metadata: nil, schemas: [], updatedAt: time,
        step: .recorded, obstacle: nil, cancelRequested: false, trainingFile: nil,
        lineage: Lineage(
            catalogueDate: "2026-07-02", vocabulary: "cl100k_base", tokensPerExample: 4_096,
            modelParameters: ModelParameters(), seed: 0, serialiserVersion: nil, schemaFingerprint: nil,
            redaction: nil, datasetSHA256: nil, datasetTokens: nil))
    static let plan = FinetuningPlan(
        databaseConnection: id, alias: "a", baseLLM: baseLLM, ready: false, examples: 9, trainingFileBytes: 2_048,
        excluded: [ExcludedRecord(goldenRecord: other, reason: "no such table")], excludedCount: 1,
        tables: [PlannedTable(name: "main.customers", examples: 4, shown: 9)],
        problems: [
            PlanProblem(severity: .error, code: "not_enough_golden_records", message: "only 9", remedy: "add one"),
            PlanProblem(
                severity: .warning, code: "duplicate_golden_records", message: "2 repeat", remedy: "remove them",
                recordCount: 2,
                records: [ConcernedRecord(goldenRecord: id, earlier: other), ConcernedRecord(goldenRecord: other)]),
        ], schemaFingerprint: "ff", serialiserVersion: 2,
        tokens: PlannedTokens(total: 900, minimum: 90, median: 100, maximum: 120),
        fitting: PlannedFitting(
            tokensPerExample: 4_096, whole: 1, withoutSampleRows: 2, withoutCategories: 3, withoutDescriptions: 4,
            withoutTables: 1, relevanceMisses: 1),
        leaving: PlannedLeaving(
            redaction: .masked,
            columns: [LeavingColumn(table: "main.customers", column: "name", values: 3, personal: true, form: .masked)]),
        cost: cost, planSHA256: String(repeating: "0c", count: 32))
    static let cost = TrainingCost(
        currency: "USD", least: 0.5, likely: 1.5, most: 1.5, reason: nil, tokensPerEpoch: 900, leastEpochs: 1,
        likelyEpochs: 3, mostEpochs: 3, pricePerMillionTokens: 3)

    static let status = DaemonStatus(
        version: "1.0", uptimeSeconds: 12.25, role: .operate,
        limits: Limits(
            lineBytes: 1 << 20, nesting: 64, requestsInFlight: 64, connections: 1_024, connectionsPerUser: 256,
            unreadBytes: 4 << 20, unreadBytesForTenSeconds: 1 << 20),
        connections: 2, turnedAway: TurnedAwayClients(connections: 3, unreadBytes: 1),
        finetunings: FinetuningCounts(
            queued: 1, validatingFiles: 2, running: 3, succeeded: 4, failed: 5, cancelled: 6),
        providers: [
            ProviderHealth(name: "openai", state: .keyRefused, message: "wrong key"),
            ProviderHealth(name: "sandbox", state: .healthy, message: nil),
        ], storage: StorageHealth(state: .degraded, message: "disk full"),
        budget: BudgetStatus(
            currency: "USD", perFinetuning: nil, perMonth: 500, spentThisMonth: 12.5, perUserPerMonth: nil,
            spentByYouThisMonth: 0.25, finetuningsPerUserPerDay: 20, orderedByYouToday: 1))
    static let event = FinetuningEvent(
        sequence: 7, createdAt: time, event: "metrics", level: .warning, message: "step 3",
        detail: ["train_loss": 0.25])
    static let checkpoint = Checkpoint(
        id: "ckpt-1", createdAt: time, step: 9, modelID: "ft:1:ckpt-step-9", metrics: ["train_loss": 0.1])
    static let error = APIError(
        .goldenRecordNotFound, "no golden record has this id", remedy: "List them.", detail: ["id": "x"])
}
