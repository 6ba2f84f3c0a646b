import Identifiers
import Jobs
import Store
import TrainingData

let noon = Timestamp(microseconds: 1_700_000_000_123_456)

/// The id number `number` of a test; higher numbers are later ids.
func id(_ number: Int) -> ObjectID {
    ObjectID(seconds: 1_700_000_000, suffix: UInt64(number))
}

func connection(_ number: Int, alias: String? = nil, key: SealedSecret? = nil) -> DatabaseConnection {
    DatabaseConnection(
        id: id(number), alias: alias ?? "connection \(number)", connectionURI: "sqlite:///tmp/a.db",
        dialect: .sqlite, schemas: ["main", "other"], sealedAPIKey: key, metadata: JSONText(text: #"{"a": 1}"#),
        createdAt: noon, updatedAt: noon)
}

func table(_ number: Int, of connection: Int, schema: String? = nil, name: String = "airports") -> TableDescription {
    TableDescription(
        id: id(number), connectionID: id(connection), schemaName: schema, tableName: name,
        tableSchema: "CREATE TABLE airports (code TEXT)", description: "where planes land",
        columns: [
            Column(name: "code", dataType: "TEXT", isPrimaryKey: true),
            Column(
                name: "country", dataType: "TEXT", description: "“ISO” code", lowCardinality: true,
                categories: ["CH", "FR"], foreignKey: ForeignKey(fieldName: "code", referenceTable: "countries")),
        ],
        sampleRows: [
            SampleRow(cells: [
                .init(column: "a", value: .null), .init(column: "b", value: .integer(.max)),
                .init(column: "c", value: .real(1)), .init(column: "d", value: .real(-.infinity)),
                .init(column: "e", value: .text("")), .init(column: "f", value: .blob(byteCount: 7)),
            ])
        ],
        status: .scanned, metadata: nil, createdAt: noon, updatedAt: noon)
}

func record(_ number: Int, of connection: Int, check: RecordCheck = .valid) -> GoldenRecord {
    GoldenRecord(
        id: id(number), connectionID: id(connection), promptText: "how many? \(number)", sql: "SELECT \(number)",
        check: check, createdAt: noon, updatedAt: noon)
}

func finetuning(
    _ number: Int, of connection: Int, job: Job = Job(), parameters: ModelParameters? = nil, heldOutShare: Double? = nil
) -> Finetuning {
    Finetuning(
        id: id(number), alias: "finetuning \(number)", connectionID: id(connection),
        baseModel: BaseModel(
            provider: .openAI, name: "gpt-4o-mini",
            parameters: parameters ?? ModelParameters(epochs: .value(3), learningRateMultiplier: .auto)),
        schemas: ["main"], lineage: lineage, heldOutShare: heldOutShare, metadata: nil, createdAt: noon,
        updatedAt: noon, job: job)
}

let lineage = Lineage(
    catalogueDate: CalendarDay(of: noon), vocabulary: .cl100k, tokensPerExample: 8_192, seed: 42)

let dataset = Dataset(
    path: "/state/training.jsonl", byteCount: 1_234, exampleCount: 12, sha256: String(repeating: "a1", count: 32),
    serialisation: Dataset.Serialisation(
        version: 2, schemaFingerprint: String(repeating: "b2", count: 32), redaction: "masked", tokenCount: 56_789))
let file = ProviderFileID(rawValue: "file-1")
let files = SentFiles(training: SentFile(dataset, file))
let validation = Dataset(
    path: "/state/validation.jsonl", byteCount: 123, exampleCount: 2, sha256: String(repeating: "b2", count: 32))
let validationFile = ProviderFileID(rawValue: "file-2")
let bothFiles = SentFiles(training: SentFile(dataset, file), validation: SentFile(validation, validationFile))
let remoteJob = ProviderJobID(rawValue: "ftjob-1")

extension StateStore {
    /// Adds connection 1 with records 100 and on, and returns the records' ids.
    @discardableResult
    func addConnection(_ number: Int = 1, records: Int = 0) async throws -> [ObjectID] {
        try await insert(StoreTests.connection(number))
        let all = (0..<records).map { StoreTests.record(number * 100 + $0, of: number) }
        try await insert(all)
        return all.map(\.id)
    }

    /// Applies events one after the other.
    @discardableResult
    func apply(_ events: JobEvent..., to finetuning: ObjectID) async throws -> [AppliedTransition] {
        var applied: [AppliedTransition] = []
        for event in events {
            applied.append(
                try await apply(event, to: finetuning, at: Moment(now: noon, jitter: 0), policy: RetryPolicy()))
        }
        return applied
    }
}

/// The events that bring a recorded job to its submission.
let untilSubmitted: [JobEvent] = [
    .datasetBuilt(dataset), .uploadBegun,
    .uploaded(ProviderFile(id: file, name: "finetuned.jsonl", byteCount: 1_234, readiness: .ready)), .submitBegun,
    .submitted(ProviderJob(id: remoteJob, phase: .queued)),
]
