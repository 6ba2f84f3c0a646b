import Identifiers
import Store
import Testing

@Suite("Group commit")
struct GroupCommitTests {
    @Test("of writes made at once, those that fail undo themselves alone")
    func isolation() async throws {
        try await withStore { store, _ in
            let refused: [StoreError] = await withTaskGroup(of: StoreError?.self) { group in
                for number in 1...60 {
                    group.addTask {
                        do throws(StoreError) {
                            try await store.insert(connection(number, alias: "alias \(number % 20)"))
                            return nil
                        } catch { return error }
                    }
                }
                return await group.compactMap(\.self).reduce(into: []) { $0.append($1) }
            }
            #expect(refused.count == 40)
            #expect(Set(refused) == Set((0..<20).map { StoreError.aliasInUse(.databaseConnection, "alias \($0)") }))
            let total = try await store.connections(PageRequest()).total
            #expect(total == 20)
        }
    }

    @Test("of golden records added at once, those of a connection that is not there are refused alone")
    func recordsOfNobody() async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1))
            try await store.insert(connection(2))
            let refused: [StoreError] = await withTaskGroup(of: StoreError?.self) { group in
                for number in 101...160 {
                    group.addTask {
                        do throws(StoreError) {
                            try await store.insert([record(number, of: number % 3 + 1)])
                            return nil
                        } catch { return error }
                    }
                }
                return await group.compactMap(\.self).reduce(into: []) { $0.append($1) }
            }
            #expect(refused == Array(repeating: .notFound(.databaseConnection, id(3)), count: 20))
            #expect(try await store.recordCount(of: nil) == 40)
            #expect(try await store.recordCount(of: id(1)) == 20)
            #expect(try await store.recordCount(of: id(3)) == 0)
        }
    }

    @Test("a write goes through though its caller was cancelled")
    func cancellation() async throws {
        try await withStore { store, _ in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.insert(connection(1))
                return try await store.connection(id(1))
            }
            let stored = try await task.value
            #expect(stored == connection(1))
        }
    }

    @Test("on a full disk nothing is written, reading goes on, and so does writing once there is space")
    func fullDisk() async throws {
        try await withStore { store, _ in
            try await store.addConnection(records: 10)
            #expect(store.health == .healthy)
            try await store.execute("PRAGMA max_page_count = 1")
            await #expect(throws: StoreError.degraded(reason: "database or disk is full")) {
                try await store.insert((500..<2500).map { record($0, of: 1) })
            }
            #expect(store.health == .degraded(reason: "database or disk is full"))
            #expect(try await store.recordCount(of: id(1)) == 10)
            #expect(try await store.record(id(105)) == record(105, of: 1))

            try await store.execute("PRAGMA max_page_count = 1000000")
            try await store.insert((500..<2500).map { record($0, of: 1) })
            #expect(store.health == .healthy)
            #expect(try await store.recordCount(of: id(1)) == 2010)
        }
    }
}
