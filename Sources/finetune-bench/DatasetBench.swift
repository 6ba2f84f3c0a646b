import ArgumentParser
import FoundationEssentials
import Identifiers
import Tokenizer
import TrainingData

/// What contrib/bench/dataset prints.
struct DatasetBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Builds a training file from golden records that share their tables, and counts its tokens.",
        discussion: """
            One thread checks the SQL, fits and counts each example and makes its line; another hashes and writes. \
            Both are measured in processor time of their thread, one after the other.
            """)

    @Option(help: "How many examples to build.")
    var examples = 100_000

    @Option(help: "How many tables the prompts show.")
    var tables = 20

    @Option(help: "Where the training file is written; it is removed afterwards.")
    var directory = FileManager.default.temporaryDirectory.path

    func run() throws {
        var warmUp = try DatasetBuild(tables: tables, path: path)
        try warmUp.run(examples: min(examples, 2_000))
        var build = try DatasetBuild(tables: tables, path: path)
        let start = ContinuousClock.now
        try build.run(examples: examples)
        let figures = try build.finish(seconds: (ContinuousClock.now - start) / .seconds(1))
        try FileManager.default.removeItem(atPath: path)
        print(try figures.json)
    }

    private var path: String { directory + "/finetune-bench-dataset.jsonl" }
}

/// The build of one training file, as the daemon does it but for its threads and its database.
private struct DatasetBuild {
    private let checker: GoldenRecordChecker
    private var planner: DatasetPlanner
    private let writer: TrainingFileWriter
    private let schema: BenchSchema
    private(set) var makingSeconds = 0.0
    private(set) var writingSeconds = 0.0

    private static let batch = 100

    init(tables: Int, path: String) throws {
        schema = BenchSchema(tableCount: tables)
        checker = try GoldenRecordChecker(dialect: .sqlite, tables: schema.tables)
        planner = DatasetPlanner(
            tables: schema.tables, dialect: .sqlite, redaction: .masked,
            limit: ExampleLimit(vocabulary: .o200k, tokens: 65_536), schemaProblems: checker.schemaProblems)
        writer = try TrainingFileWriter(path: path)
    }

    mutating func run(examples: Int) throws {
        for start in stride(from: 0, to: examples, by: Self.batch) {
            let records = (start..<min(start + Self.batch, examples)).map(schema.record)
            var lines = TrainingLines()
            let making = try ThreadClock.seconds { try make(records, &lines) }
            let writing = try ThreadClock.seconds { try writer.append(lines) }
            makingSeconds += making
            writingSeconds += writing
        }
    }

    private mutating func make(_ records: [GoldenRecord], _ lines: inout TrainingLines) throws {
        for var record in records {
            let (check, tables) = checker.check(record.sql)
            record.check = check
            if case .example(let example) = try planner.add(record, reading: tables) { lines.append(example) }
        }
    }

    func finish(seconds: Double) throws -> DatasetFigures {
        let file = try writer.finish()
        return DatasetFigures(
            examples: file.exampleCount, bytes: file.byteCount, tokens: planner.finish().tokens?.total ?? 0,
            seconds: seconds, makingSeconds: makingSeconds, writingSeconds: writingSeconds)
    }
}

/// What one build took.
private struct DatasetFigures: Encodable {
    let examples: Int
    let bytes: Int
    let tokens: Int
    let seconds: Double
    let makingSeconds: Double
    let writingSeconds: Double
}

/// Tables of a shop, and questions about them.
private struct BenchSchema {
    let tables: [TableDescription]

    init(tableCount: Int) {
        tables = (0..<tableCount).map(Self.table)
    }

    private static let columns = [
        "id INTEGER PRIMARY KEY", "parent_id INTEGER", "title TEXT NOT NULL", "status TEXT", "region TEXT",
        "quantity INTEGER", "unit_price REAL", "discount REAL", "ordered_at TEXT", "shipped_at TEXT",
    ]

    private static func table(_ number: Int) -> TableDescription {
        let name = "shop_orders_\(number)"
        return TableDescription(
            id: ObjectID(seconds: 1, suffix: UInt64(number)), connectionID: ObjectID(seconds: 1, suffix: 0),
            tableName: name, tableSchema: "CREATE TABLE \(name) (\n    \(columns.joined(separator: ",\n    "))\n)",
            description: "Orders of department \(number), one a row",
            columns: [
                Column(
                    name: "status", dataType: "TEXT", description: "how far the order is", lowCardinality: true,
                    categories: ["cancelled", "open", "paid", "shipped"])
            ],
            sampleRows: (0..<2).map { row in
                SampleRow(cells: [
                    .init(column: "id", value: .integer(Int64(row))), .init(column: "status", value: .text("open")),
                    .init(column: "unit_price", value: .real(12.5)),
                ])
            }, status: .scanned, createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
    }

    func record(_ number: Int) -> GoldenRecord {
        let table = tables[number % tables.count].tableName
        return GoldenRecord(
            id: ObjectID(seconds: 2, suffix: UInt64(number)), connectionID: ObjectID(seconds: 1, suffix: 0),
            promptText: "Which open orders of region \(number) in \(table) hold more than \(number % 97) pieces?",
            sql: """
                SELECT id, title, quantity FROM \(table)
                WHERE status = 'open' AND region = '\(number)' AND quantity > \(number % 97)
                ORDER BY ordered_at DESC
                """,
            check: .unchecked(reason: ""), createdAt: Timestamp(microseconds: 0),
            updatedAt: Timestamp(microseconds: 0))
    }
}
