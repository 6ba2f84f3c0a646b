import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("database connections", .timeLimit(.minutes(5)))
struct ConnectionTests {
    @Test("a connection takes its dialect from its URI, and reads back as it was made")
    func aConnectionReadsBack() async throws {
        try await withDaemon { daemon in
            let made = try await daemon.client.call(
                Routes.createConnection,
                body: NewDatabaseConnection(
                    alias: "  shop ", connectionURI: "postgresql+psycopg2://db.example:5432/shop",
                    schemas: ["public", "sales"], metadata: ["b": 1, "a": [true]]))
            #expect(made.alias == "shop")
            #expect(made.dialect == "postgresql")
            #expect(made.schemas == ["public", "sales"])
            #expect(made.metadata?.text == #"{"b":1,"a":[true]}"#)
            #expect(try await daemon.client.call(Routes.readConnection, made.id) == made)
        }
    }

    @Test("a change leaves what it does not name")
    func aChangeLeavesTheRest() async throws {
        try await withDaemon { daemon in
            let made = try await daemon.register(key: "sk-0123456789abcd")
            var expected = made
            expected.alias = "renamed"
            var changed = try await daemon.client.call(
                Routes.changeConnection, made.id, body: DatabaseConnectionChanges(alias: "renamed"))
            #expect(changed.updatedAt > made.updatedAt)
            expected.updatedAt = changed.updatedAt
            #expect(changed == expected)

            changed = try await daemon.client.call(
                Routes.changeConnection, made.id, body: DatabaseConnectionChanges(connectionURI: .cleared))
            #expect(changed.connectionURI == nil && changed.dialect == "sqlite")
        }
    }

    @Test("records are unchecked once their connection speaks another SQL")
    func anotherDialectRenewsChecks() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            _ = try await daemon.client.call(
                Routes.changeConnection, library.connection.id,
                body: DatabaseConnectionChanges(connectionURI: .set("mysql://db.example/library")))
            #expect(try await daemon.record(library.records[0].id).check.status == .unchecked)
        }
    }

    @Test("a deleted connection is gone with its tables")
    func aDeletedConnectionIsGone() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            let deleted = try await daemon.client.call(Routes.deleteConnection, library.connection.id)
            #expect(deleted.id == library.connection.id)
            #expect(try await daemon.everything().allSatisfy { $0 == [] })
        }
    }
}
