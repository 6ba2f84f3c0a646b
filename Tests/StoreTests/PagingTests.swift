import GRDB
@testable import Store
import Testing
import TrainingData

@Suite("Pages of a list")
struct PagingTests {
    @Test(
        "a page holds its part of the list, newest last, and the list's size",
        arguments: [
            (1, 3, 0..<3), (2, 3, 3..<6), (3, 3, 6..<7), (4, 3, 0..<0), (1, 1000, 0..<7), (7, 1, 6..<7), (6, 1, 5..<6),
            (Int.max, Int.max, 0..<0), (0, 0, 0..<1),
        ])
    func pages(number: Int, limit: Int, expected: Range<Int>) async throws {
        try await withStore { store, _ in
            try await store.addConnection(1, records: 7)
            try await store.addConnection(2, records: 5)
            let page = try await store.records(of: id(1), PageRequest(number: number, limit: limit))
            #expect(page.items.map(\.id) == expected.map { id(100 + $0) })
            #expect(page.total == 7)
        }
    }

    @Test("without a connection the list is of all")
    func all() async throws {
        try await withStore { store, _ in
            try await store.addConnection(1, records: 2)
            try await store.addConnection(2, records: 2)
            let page = try await store.records(of: nil, PageRequest(number: 2, limit: 3))
            #expect(page.items.map(\.id) == [id(201)])
            #expect(page.total == 4)
            #expect(try await store.connections(PageRequest(number: 2, limit: 1)).items.map(\.id) == [id(2)])
        }
    }

    @Test("whatever was added and deleted in whatever order, every page of a long list is the right one")
    func longList() async throws {
        try await withStore { store, _ in
            for number in 1...2 { try await store.insert(connection(number)) }
            // Two thirds are of connection 1, and a batch comes after ids that are higher than its own.
            var left = [Set<Int>(), [], []]
            for numbers in [1_000..<9_000, 12_000..<16_000, 9_000..<12_000] {
                try await store.insert(numbers.map { record($0, of: $0 % 3 == 0 ? 2 : 1) })
                for number in numbers { left[number % 3 == 0 ? 2 : 1].insert(number) }
            }
            for number in stride(from: 1_000, to: 6_000, by: 7) {
                try await store.deleteRecord(id(number))
                left[number % 3 == 0 ? 2 : 1].remove(number)
            }
            left[0] = left[1].union(left[2])
            for (connection, numbers) in left.enumerated() {
                let sorted = numbers.sorted().map { id($0) }
                for page in [1, 2, 99, 100, 101, 135, 140, 141, 150, 500] {
                    let found = try await store.records(
                        of: connection == 0 ? nil : id(connection), PageRequest(number: page, limit: 100))
                    #expect(found.items.map(\.id) == Array(sorted.dropFirst((page - 1) * 100).prefix(100)))
                    #expect(found.total == sorted.count)
                }
            }
            #expect(try await store.check() == [])
        }
    }

    @Test("a list that is emptied leaves no block behind")
    func emptied() async throws {
        try await withStore { store, _ in
            for record in try await store.addConnection(records: 5).shuffled() { try await store.deleteRecord(record) }
            let blocks = try await store.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM golden_record_blocks")
            }
            #expect(blocks == 0)
        }
    }

    @Test("no list sorts or goes over a table", arguments: PagingTests.queries)
    func plans(sql: String) async throws {
        try await withStore { store, _ in
            let steps = try await store.plan(of: sql)
            #expect(steps.allSatisfy { !$0.contains("TEMP B-TREE") })
            #expect(steps.allSatisfy { !$0.hasPrefix("SCAN") || $0.contains("INDEX") })
        }
    }

    static let queries = [
        "SELECT id FROM golden_records WHERE connection_id = x'01' ORDER BY id LIMIT 1 OFFSET 5",
        "SELECT id FROM golden_records ORDER BY id DESC LIMIT 1 OFFSET 5",
        "SELECT * FROM golden_records WHERE connection_id = x'01' AND id >= x'02' ORDER BY id LIMIT 10",
        "SELECT * FROM finetunings WHERE stage <> 'ended' AND id > x'02' ORDER BY id LIMIT 10",
        "SELECT * FROM finetunings WHERE status = 'queued' AND id >= x'02' ORDER BY id LIMIT 10",
        "SELECT id FROM finetunings WHERE connection_id = x'01' AND status = 'queued' ORDER BY id LIMIT 1 OFFSET 5",
        "SELECT id FROM provider_objects WHERE kind = 'model' ORDER BY id LIMIT 1 OFFSET 5",
        "SELECT total(microdollars) FROM spending_days WHERE day_start >= 5 AND owner_uid = ifnull(NULL, owner_uid)",
        "SELECT * FROM finetuning_events WHERE finetuning_id = x'01' AND sequence > 5 ORDER BY sequence LIMIT 10",
        """
        SELECT provider_event_id FROM finetuning_events WHERE finetuning_id = x'01'
        AND provider_event_id IS NOT NULL ORDER BY sequence DESC LIMIT 1
        """,
        "SELECT * FROM finetuning_checkpoints WHERE finetuning_id = x'01' ORDER BY step, checkpoint_id",
        """
        SELECT * FROM table_descriptions WHERE connection_id = x'01'
        ORDER BY ifnull(schema_name, ''), table_name
        """,
    ]
}
