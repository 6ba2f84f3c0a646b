import FinetuneAPI
import Foundation
import Identifiers
import LineTransport

/// The project's own sample: a database and golden records about it.
enum Sample {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../contrib/sample").standardizedFileURL

    static var database: Data { get throws { try Data(contentsOf: folder.appending(path: "sample.sqlite")) } }
    static var goldenRecordsFile: URL { folder.appending(path: "golden.jsonl") }

    /// A question and the SQL that answers it.
    struct Pair: Hashable {
        let question: String
        let sql: String
    }

    static var pairs: [Pair] {
        get throws {
            try Data(contentsOf: goldenRecordsFile).split(separator: UInt8(ascii: "\n")).map { line in
                let record = try JSONParser.parse(line)
                return Pair(question: record["prompt_text"]?.string ?? "", sql: record["sql"]?.string ?? "")
            }
        }
    }
}

extension TestHost {
    /// Puts the sample database where the daemon may open it, and returns its path.
    func placeSample() throws -> String {
        try write("data/sample.sqlite", Sample.database)
    }
}

extension FinetuneClient {
    /// Registers the sample database, scans it and adds its first golden records.
    func registerSample(
        on host: TestHost, alias: String = "sample", records: Int = 12, key: String? = nil
    ) async throws -> ObjectID {
        let connection = try await call(
            Routes.createConnection,
            body: NewDatabaseConnection(alias: alias, connectionURI: "sqlite://\(host.placeSample())", llmAPIKey: key))
        _ = try await call(Routes.syncSchemas, body: SchemaSync(databaseConnection: connection.id))
        let goldenRecords = try Sample.pairs.prefix(records).map {
            NewGoldenRecord(databaseConnection: connection.id, promptText: $0.question, sql: $0.sql)
        }
        if !goldenRecords.isEmpty { _ = try await call(Routes.createRecords, body: goldenRecords) }
        return connection.id
    }

    /// Orders a finetuning.
    func order(_ connection: ObjectID, alias: String? = nil) async throws -> Finetuning {
        try await call(
            Routes.createFinetuning, body: NewFinetuning(databaseConnection: connection, alias: alias))
    }

    /// The finetuning, once something is true of it.
    func finetuning(
        _ id: ObjectID, once what: String, _ condition: (Finetuning) -> Bool
    ) async throws -> Finetuning {
        try await eventually("the finetuning \(what)") {
            let finetuning = try await call(Routes.readFinetuning, id)
            return condition(finetuning) ? finetuning : nil
        }
    }

    /// The finetuning, once it is over.
    func finishedFinetuning(_ id: ObjectID) async throws -> Finetuning {
        try await finetuning(id, once: "is over") { $0.status.isTerminal }
    }

    /// All events so far.
    func events(of id: ObjectID) async throws -> [FinetuningEvent] {
        var events: [FinetuningEvent] = []
        for try await element in try stream(Routes.finetuningEvents, id, query: EventsQuery()) {
            if case .response(let event) = element { events.append(event) }
        }
        return events
    }
}
