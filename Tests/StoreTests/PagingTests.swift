import Store
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
        "SELECT id FROM finetunings WHERE stage <> 'ended' ORDER BY id",
        "SELECT * FROM finetunings WHERE status = 'queued' AND id >= x'02' ORDER BY id LIMIT 10",
        "SELECT status, COUNT(*) FROM finetunings GROUP BY status",
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
