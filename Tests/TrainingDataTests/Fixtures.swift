import Foundation
import GRDBSQLite
import Identifiers
import Testing
import Tokenizer

@testable import TrainingData

/// A folder of its own for each test, removed with the last use of it.
final class TemporaryFolder {
    let url: URL

    /// The path is free of symbolic links.
    init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            Issue.record(error)
        }
    }

    func path(_ name: String) -> String {
        url.path + "/" + name
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }

    /// Makes a database by running statements in it.
    func database(_ name: String = "test.sqlite", _ statements: String...) throws -> String {
        let connection = try SQLiteConnection(filename: path(name), flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        for statement in statements { try connection.execute(statement) }
        return path(name)
    }
}

extension ObjectID {
    /// The id that a test knows by a number.
    static func numbered(_ number: UInt64) -> ObjectID {
        ObjectID(seconds: 1, suffix: number)
    }
}

extension TableDescription {
    /// A description of which a test cares for only some parts.
    static func fixture(
        _ name: String, _ ddl: String? = nil, schema: String? = nil, description: String? = nil,
        columns: [Column] = [], sampleRows: [SampleRow] = [], status: ScanStatus = .scanned
    ) -> TableDescription {
        TableDescription(
            id: .numbered(1), connectionID: .numbered(2), schemaName: schema, tableName: name,
            tableSchema: ddl ?? "CREATE TABLE \(SQLiteIdentifier.quoted(name)) (id INTEGER PRIMARY KEY, name TEXT)",
            description: description, columns: columns, sampleRows: sampleRows, status: status,
            createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
    }
}

extension GoldenRecord {
    /// A record of which a test cares for only some parts.
    static func fixture(
        _ number: UInt64 = 1, _ question: String = "How many?", _ sql: String = "SELECT 1",
        check: RecordCheck = .valid
    ) -> GoldenRecord {
        GoldenRecord(
            id: .numbered(number), connectionID: .numbered(2), promptText: question, sql: sql, check: check,
            createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
    }
}

extension ExampleLimit {
    /// A limit that no test's tables reach.
    static let roomy = ExampleLimit(vocabulary: .o200k, tokens: 65_536)
}
