import Identifiers
import Store
import Testing
import TrainingData

@Suite("Table descriptions")
struct TableTests {
    @Test("a description reads back with its columns and sample rows")
    func roundTrip() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let stored = try await store.describeTables(of: id(1)) { _ in [table(50, of: 1)] }
            #expect(stored == [table(50, of: 1)])
            #expect(try await store.table(id(50)) == table(50, of: 1))
        }
    }

    @Test("a table described again keeps its id", arguments: [nil, "main"])
    func again(schema: String?) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.describeTables(of: id(1)) { _ in
                [table(50, of: 1, schema: schema), table(51, of: 1, schema: "else")]
            }
            let stored = try await store.describeTables(of: id(1)) { known in
                guard known.count == 2 else { return [] }
                var newer = table(60, of: 1, schema: schema)
                newer.description = "rewritten"
                newer.updatedAt = noon.advanced(by: .seconds(9))
                return [newer]
            }
            #expect(stored.map(\.id) == [id(50)])
            #expect(stored.map(\.description) == ["rewritten"])
            #expect(stored.map(\.createdAt) == [noon])
            #expect(try await store.tables(of: id(1)).count == 2)
        }
    }

    @Test("a description changes, unless it would become a second one of its table")
    func changes() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.describeTables(of: id(1)) { _ in [table(50, of: 1), table(51, of: 1, name: "runways")] }
            let changed = try await store.updateTable(id(50)) { $0.status = .deprecated }
            #expect(try await store.table(id(50)) == changed)
            await #expect(throws: StoreError.tableAlreadyDescribed(name: "runways")) {
                try await store.updateTable(id(50)) { $0.tableName = "runways" }
            }
        }
    }

    @Test("descriptions come by schema and name; deleted ones are gone")
    func lists() async throws {
        try await withStore { store, _ in
            try await store.addConnection(1)
            try await store.addConnection(2)
            _ = try await store.describeTables(of: id(1)) { _ in
                [table(50, of: 1, name: "b"), table(51, of: 1, name: "a")]
            }
            _ = try await store.describeTables(of: id(2)) { _ in [table(52, of: 2, name: "a")] }
            #expect(try await store.tables(of: id(1)).map(\.tableName) == ["a", "b"])
            #expect(try await store.tables(of: nil, PageRequest(limit: 2)).items.map(\.id) == [id(50), id(51)])
            try await store.deleteTable(id(51))
            await #expect(throws: StoreError.notFound(.tableDescription, id(51))) { try await store.table(id(51)) }
            await #expect(throws: StoreError.notFound(.tableDescription, id(51))) {
                try await store.deleteTable(id(51))
            }
        }
    }

    @Test("descriptions of a connection that is not there are refused")
    func noConnection() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            await #expect(throws: StoreError.notFound(.databaseConnection, id(2))) {
                try await store.describeTables(of: id(2)) { _ in [table(51, of: 2)] }
            }
            #expect(try await store.tables(of: nil, PageRequest()).total == 0)
        }
    }

    @Test("each change of what SQL is checked against is remembered until the records are checked")
    func rechecks() async throws {
        try await withStore { store, folder in
            try await store.addConnection()
            #expect(try await store.connectionsToRecheck().isEmpty)
            _ = try await store.describeTables(of: id(1)) { _ in [table(50, of: 1)] }
            _ = try await store.updateTable(id(50)) { $0.tableSchema = "CREATE TABLE airports (code TEXT)" }
            let seen = try await store.changesToRecheck(of: id(1))
            _ = try await store.updateTable(id(50)) { $0.description = "no matter to SQL" }
            #expect(try await store.changesToRecheck(of: id(1)) == seen)
            try await store.deleteTable(id(50))
            try await store.endRecheck(of: id(1), changes: seen)
            // The last change came after what was checked, so it is left, after a crash too.
            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.connectionsToRecheck() == [id(1)])
            try await again.endRecheck(of: id(1), changes: try await again.changesToRecheck(of: id(1)))
            #expect(try await again.connectionsToRecheck().isEmpty)
        }
    }
}
