import GRDB
import Identifiers
import SeededRandomness
import Testing
import TrainingData

@testable import Store

@Suite("Blocks of golden records")
struct RecordBlocksTests {
    @Test(
        "whatever is added in whatever order, beside one another or not, every record is counted where it belongs",
        arguments: UInt64(1)...3)
    func anyOrder(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        // Neighbours mostly, as they come, and others that come late.
        var numbers = Array(1_000..<14_000)
        for _ in 0..<400 {
            numbers.swapAt(
                .random(in: numbers.indices, using: &random), .random(in: numbers.indices, using: &random))
        }
        var batches: [[Int]] = []
        while !numbers.isEmpty {
            let size = min(numbers.count, Bool.random(using: &random) ? 1 : .random(in: 2...700, using: &random))
            batches.append(Array(numbers.prefix(size)))
            numbers.removeFirst(size)
        }
        try await withStore { [batches] store, _ in
            for number in 1...3 { try await store.insert(connection(number)) }
            try await withThrowingTaskGroup { group in
                for batch in batches {
                    group.addTask { try await store.insert(batch.map { record($0, of: 1 + $0 % 3) }) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.check() == [])
            let page = try await store.records(of: nil, PageRequest(number: 99, limit: 100))
            #expect(page.total == 13_000)
            #expect(page.items.map(\.id) == (10_800..<10_900).map { id($0) })
        }
    }

    @Test("a full block is followed by another, and none gets much larger than it should")
    func sizes() async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1))
            var next = 1_000
            for size in [1, 10, 1_000, 4_000, 1, 9_000, 3, 3] {
                try await store.insert((next..<next + size).map { record($0, of: 1) })
                next += size
            }
            let sizes = try await store.read { db in
                try Int.fetchAll(db, sql: "SELECT count FROM golden_record_blocks WHERE scope = x'' ORDER BY first_id")
            }
            #expect(sizes.reduce(0, +) == 14_018)
            let full = StateSchema.recordsInBlock..<StateSchema.recordsInBlock + 1_024
            #expect(sizes.dropLast().allSatisfy { full.contains($0) })
            #expect(try await store.check() == [])
        }
    }

    @Test("records that come between others, by the thousand, are counted where they belong")
    func inBetween() async throws {
        try await withStore { store, _ in
            for number in 1...2 { try await store.insert(connection(number)) }
            for odd in [1, 0] {
                try await withThrowingTaskGroup { group in
                    for start in [30_000, 10_000, 20_000] {
                        let numbers = (start..<start + 9_000).filter { $0 % 2 == odd }
                        group.addTask { try await store.insert(numbers.map { record($0, of: 1 + $0 % 2) }) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await store.check() == [])
            }
            let page = try await store.records(of: nil, PageRequest(number: 101, limit: 100))
            #expect(page.total == 27_000)
            #expect(page.items.map(\.id) == (21_000..<21_100).map { id($0) })
        }
    }

    @Test("records of one transaction are added though others in it cannot be")
    func othersInTheGroup() async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1))
            await withTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        let isLost = number % 10 == 3
                        let failure = await failure(of: {
                            try await store.insert([record(1_000 + number, of: isLost ? 9 : 1)])
                        })
                        #expect(failure == (isLost ? .notFound(.databaseConnection, id(9)) : nil))
                    }
                }
            }
            #expect(try await store.recordCount(of: nil) == 180)
            #expect(try await store.check() == [])
        }
    }

    @Test("who does not wait is told once the records are there, or why they are not", arguments: [1, 9])
    func withoutWaiting(connection number: Int) async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1))
            let result = await withCheckedContinuation { continuation in
                store.insert([record(100, of: number)], keeping: nil, whenDone: { continuation.resume(returning: $0) })
            }
            let failure = await failure(of: { _ = try result.get() })
            #expect(failure == (number == 1 ? nil : .notFound(.databaseConnection, id(9))))
            #expect(try await store.recordCount(of: nil) == (number == 1 ? 1 : 0))
        }
    }
}

/// What the work throws, if anything.
private func failure(of work: () async throws -> Void) async -> StoreError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? StoreError
    }
}
