import Identifiers
import Jobs
import Store
import Testing
import TrainingData

@Suite("Database connections")
struct ConnectionTests {
    @Test("a connection reads back as it was stored, and as it was changed")
    func roundTrip() async throws {
        try await withStore { store, _ in
            let sealed = SealedSecret(ciphertext: [0, 255, 7], hint: "abcd")
            try await store.insert(connection(1, key: sealed))
            #expect(try await store.connection(id(1)) == connection(1, key: sealed))

            let changed = connection(1, alias: "renamed")
            #expect(try await store.replace(connection(1, key: sealed), with: changed))
            #expect(try await store.connection(id(1)) == changed)
        }
    }

    @Test("of two changes of one state, the second is not made")
    func changedMeanwhile() async throws {
        try await withStore { store, _ in
            let old = connection(1)
            try await store.insert(old)
            #expect(try await store.replace(old, with: connection(1, alias: "first")))
            #expect(try await !store.replace(old, with: connection(1, alias: "second")))
            #expect(try await store.connection(id(1)).alias == "first")
        }
    }

    @Test("an alias belongs to one connection")
    func alias() async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1, alias: "flights"))
            let refusal = StoreError.aliasInUse(.databaseConnection, "flights")
            await #expect(throws: refusal) { try await store.insert(connection(2, alias: "flights")) }
            try await store.insert(connection(3, alias: "hotels"))
            await #expect(throws: refusal) {
                try await store.replace(connection(3, alias: "hotels"), with: connection(3, alias: "flights"))
            }
            #expect(try await store.connection(id(3)).alias == "hotels")
            let same = connection(1, alias: "flights")
            #expect(try await store.replace(same, with: same))
        }
    }

    @Test("a connection with records or finetunings is not deleted")
    func deletion() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(records: 2)
            _ = try await store.describeTables(of: id(1)) { _ in [table(50, of: 1)] }
            let job = finetuning(10, of: 1)
            _ = try await store.create(job, records: records, happenings: [])
            await #expect(
                throws: StoreError.connectionInUse(id(1), by: ConnectionUse(goldenRecords: 2, finetunings: 1))
            ) {
                try await store.deleteConnection(id(1))
            }

            try await store.apply(.cancelRequested, to: job.id)
            try await store.deleteFinetuning(job.id)
            for record in records { try await store.deleteRecord(record) }
            try await store.deleteConnection(id(1))
            await #expect(throws: StoreError.notFound(.databaseConnection, id(1))) {
                try await store.connection(id(1))
            }
            #expect(try await store.tables(of: nil, PageRequest()).total == 0)
        }
    }

    @Test("what is not there is not found")
    func missing() async throws {
        try await withStore { store, _ in
            let missing = StoreError.notFound(.databaseConnection, id(9))
            await #expect(throws: missing) { try await store.connection(id(9)) }
            await #expect(throws: missing) { try await store.replace(connection(9), with: connection(9)) }
            await #expect(throws: missing) { try await store.deleteConnection(id(9)) }
        }
    }
}
