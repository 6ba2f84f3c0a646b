import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("scans of databases", .timeLimit(.minutes(5)))
struct ScanTests {
    @Test("a scan describes tables with DDL, columns, keys, categories and sample rows")
    func aScanDescribesTables() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            #expect(library.tables.map(\.tableName) == ["authors", "books"])
            let books = library.tables[1]
            #expect(books.status == .scanned)
            #expect(books.tableSchema.hasPrefix("CREATE TABLE books"))
            #expect(books.columns.map(\.name) == ["id", "title", "year", "genre", "author_id"])
            #expect(books.columns[0].isPrimaryKey == true)
            #expect(books.columns[3].categories == ["novel"])
            #expect(books.columns[4].foreignKey == ForeignKey(fieldName: "id", referenceTable: "authors"))
            #expect(books.examples.first?["title"] == "Jerusalem")
            #expect(try await daemon.client.call(Routes.readTable, books.id) == books)
        }
    }

    @Test("a refresh marks the tables that are gone, keeps what people wrote, and takes marks back")
    func aRefreshMarksVanishedTables() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            _ = try await daemon.client.call(
                Routes.changeTable, library.tables[0].id, body: TableDescriptionChanges(description: .set("who wrote")))
            let refresh = TableRefresh(databaseConnection: library.connection.id)

            try daemon.workplace.database("library.sqlite", "ALTER TABLE books RENAME TO volumes")
            let tables = try await daemon.client.call(Routes.refreshTables, body: refresh)
            #expect(tables.map(\.tableName) == ["authors", "volumes", "books"])
            #expect(tables.map(\.status) == [.scanned, .scanned, .deprecated])
            #expect(tables[0].id == library.tables[0].id && tables[0].description == "who wrote")
            #expect(tables[2].id == library.tables[1].id)
            #expect(try await daemon.record(library.records[0].id).check.status == .invalid)

            try daemon.workplace.database("library.sqlite", "ALTER TABLE volumes RENAME TO books")
            let back = try await daemon.client.call(Routes.refreshTables, body: refresh)
            #expect(back.first { $0.tableName == "books" }?.status == .scanned)
            #expect(back.first { $0.tableName == "volumes" }?.status == .deprecated)
            #expect(try await daemon.record(library.records[0].id).check.status == .valid)
        }
    }

    @Test("tables that a scan does not name stay as they are")
    func aScanOfSomeTablesLeavesTheOthers() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try daemon.workplace.database("library.sqlite", "ALTER TABLE authors ADD COLUMN born INTEGER")
            let scanned = try await daemon.client.call(
                Routes.syncSchemas,
                body: SchemaSync(databaseConnection: library.connection.id, tableNames: ["AUTHORS"]))
            #expect(scanned.map(\.tableName) == ["authors"])
            #expect(scanned[0].columns.last?.name == "born")
            #expect(try await daemon.client.call(Routes.readTable, library.tables[1].id) == library.tables[1])
        }
    }

    @Test("a database without a table is told to be empty, and one that the daemon cannot open is told so")
    func aScanThatFindsNothingIsRefused() async throws {
        try await withDaemon { daemon in
            let uri = try daemon.workplace.database("bare.sqlite", "PRAGMA user_version = 1")
            let bare = try await daemon.client.call(
                Routes.createConnection, body: NewDatabaseConnection(alias: "bare", connectionURI: uri))
            let remote = try await daemon.client.call(
                Routes.createConnection,
                body: NewDatabaseConnection(alias: "shop", connectionURI: "postgresql://db.example/shop"))
            for (connection, code) in [(bare, ErrorCode.emptyDatabase), (remote, .invalidDatabaseConnection)] {
                for path in ["sync-schemas", "refresh"] {
                    let body: JSONValue = ["db_connection_id": .id(connection.id)]
                    #expect(try await daemon.refusal(.post, "/table-descriptions/\(path)", body).code == code)
                }
            }
        }
    }

    @Test("a database that is gone since its registration is refused, and its tables stay")
    func aDatabaseThatIsGoneIsRefused() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try FileRemoval.remove(daemon.workplace.databases + "/library.sqlite")
            let before = try await daemon.everything()
            let body: JSONValue = ["db_connection_id": .id(library.connection.id)]
            let refusal = try await daemon.refusal(.post, "/table-descriptions/refresh", body)
            #expect(refusal.code == .invalidDatabaseConnection)
            #expect(try await daemon.everything() == before)
        }
    }
}
