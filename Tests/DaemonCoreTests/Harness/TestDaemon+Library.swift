import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Registers the library's database.
    func register(_ alias: String = "library", key: String? = nil) async throws -> Wire.DatabaseConnection {
        try await client.call(
            Routes.createConnection,
            body: NewDatabaseConnection(
                alias: alias, connectionURI: try workplace.database("\(alias).sqlite"), llmAPIKey: key))
    }

    /// Registers the library's database, describes its tables and adds golden records, all valid.
    func prepareLibrary(_ alias: String = "library", records: Int = 12, key: String? = nil) async throws -> Library {
        let connection = try await register(alias, key: key)
        let tables = try await client.call(Routes.syncSchemas, body: SchemaSync(databaseConnection: connection.id))
        let made = try await addRecords(records, to: connection.id)
        #expect(made.allSatisfy { $0.check.status == .valid })
        return Library(connection: connection, tables: tables, records: made)
    }

    @discardableResult
    func addRecords(_ count: Int, to connection: ObjectID) async throws -> [Wire.GoldenRecord] {
        guard count > 0 else { return [] }
        return try await client.call(
            Routes.createRecords,
            body: (0..<count).map { number in
                NewGoldenRecord(
                    databaseConnection: connection, promptText: "Which books appeared after \(1_900 + number)?",
                    sql: "SELECT title FROM books WHERE year > \(1_900 + number)")
            })
    }

    /// Adds one record of this SQL.
    func addRecord(_ sql: String, to connection: ObjectID) async throws -> Wire.GoldenRecord {
        try await #require(
            client.call(
                Routes.createRecords,
                body: [NewGoldenRecord(databaseConnection: connection, promptText: "What about \(sql)?", sql: sql)]
            ).first)
    }

    /// A library whose last two records have SQL of forms of their own, so that they can be held out, and give what the
    /// usual answer gives.
    func prepareMeasurableLibrary() async throws -> Library {
        let library = try await prepareLibrary()
        let others = [
            try await addRecord("SELECT title FROM books WHERE NOT year <= 1900", to: library.connection.id),
            try await addRecord("SELECT title FROM books WHERE year >= 1901", to: library.connection.id),
        ]
        return Library(
            connection: library.connection, tables: library.tables, records: library.records + others)
    }

    func record(_ id: ObjectID) async throws -> Wire.GoldenRecord {
        try await client.call(Routes.readRecord, id)
    }
}

/// A database that is registered, described and has golden records.
struct Library: Sendable {
    let connection: Wire.DatabaseConnection
    let tables: [Wire.TableDescription]
    let records: [Wire.GoldenRecord]
}
