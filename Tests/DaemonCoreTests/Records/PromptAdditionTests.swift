import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("one golden record added at once", .timeLimit(.minutes(5)))
struct PromptAdditionTests {
    @Test(
        "is what it is when it is added the long way",
        arguments: [
            "SELECT title FROM books", "SELECT tittle FROM books", "DROP TABLE books", "PRAGMA page_size", "SELECT",
            "SELECT 1; SELECT 2", "WITH b AS (SELECT title FROM books) SELECT * FROM b", "  ", "",
            "SELECT title FROM books WHERE title <> '\(String(repeating: "x", count: 600))'", "SELECT 'a\u{0}b'",
        ])
    func isTheSame(sql: String) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let record: JSONValue = [
                "db_connection_id": .id(library.connection.id), "prompt_text": "What is there?", "sql": .string(sql),
            ]
            let prompt = try await daemon.send(.post, "/golden-records", [record])
            let keyed = try await daemon.client.send(
                .post, "/api/v1/golden-records", body: [record], idempotencyKey: "k")
            // Two are added by a task, on the checker's thread.
            let long = try await daemon.send(.post, "/golden-records", [record, record])
            #expect(prompt.status == long.status && keyed.status == long.status)
            #expect(prompt.body.withoutOrigin == long.body.firstAlone.withoutOrigin)
            #expect(keyed.body.withoutOrigin == prompt.body.withoutOrigin)
            if prompt.status == 201 {
                let id = try #require(try prompt.response([Wire.GoldenRecord].self).first?.id)
                #expect(try await daemon.record(id).sql == sql)
            }
        }
    }

    @Test("is added once, though it comes many times at once, and gets the first reply again")
    func once() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            func add(_ question: String) async throws -> Reply {
                let client = try await daemon.connect()
                let reply = try await client.send(
                    .post, "/api/v1/golden-records",
                    body: [
                        [
                            "db_connection_id": .id(library.connection.id), "prompt_text": .string(question),
                            "sql": "SELECT title FROM books",
                        ]
                    ], idempotencyKey: "k")
                await client.close()
                return reply
            }
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<40 { group.addTask { try await add("What is there?") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(replies.map(\.body)).count == 1 && replies.allSatisfy { $0.status == 201 })
            #expect(try await add("What else?").refusal().code == .idempotencyConflict)
            let records = ConnectionPaging(databaseConnection: library.connection.id)
            #expect(try await daemon.client.call(Routes.listRecords, query: records).count == 1)
        }
    }

    @Test("is refused once its database is gone")
    func databaseIsGone() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            let record = try await daemon.addRecord("SELECT title FROM books", to: library.connection.id)
            _ = try await daemon.send(.delete, "/golden-records/\(record.id)")
            for table in library.tables { _ = try await daemon.send(.delete, "/table-descriptions/\(table.id)") }
            #expect(try await daemon.send(.delete, "/database-connections/\(library.connection.id)").status == 200)
            let refusal = try await daemon.refusal(
                .post, "/golden-records",
                [
                    [
                        "db_connection_id": .id(library.connection.id), "prompt_text": "What?",
                        "sql": "SELECT title FROM books",
                    ]
                ])
            #expect(refusal.code == .databaseConnectionNotFound)
            #expect(try await daemon.client.call(Routes.listRecords, query: .init()).isEmpty)
        }
    }

    @Test("has a line in the audit log")
    func isAudited() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let path = "notice: POST /api/v1/golden-records 201"
            await daemon.log.wait(for: 1, containing: path)
            _ = try await daemon.addRecord("SELECT title FROM books", to: library.connection.id)
            await daemon.log.wait(for: 2, containing: path)
        }
    }

    @Test("is not answered at once for a while after one that took long")
    func promptness() {
        var promptness = Promptness()
        #expect(promptness.run { true })
        #expect(!promptness.run { false })
        let clock = ContinuousClock()
        let start = clock.now
        let isAnswered = promptness.run {
            while clock.now - start < .milliseconds(50) {}
            return true
        }
        #expect(isAnswered)
        for _ in 0..<1_000 { #expect(!promptness.run { true }) }
        #expect(promptness.run { true })
    }
}

extension JSONValue {
    /// A list's first element alone in a list; anything else as it is.
    fileprivate var firstAlone: JSONValue {
        guard case .array(let elements) = self else { return self }
        return .array(Array(elements.prefix(1)))
    }

    /// Without what differs between two records of the same contents.
    fileprivate var withoutOrigin: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutOrigin))
        case .object(let object):
            .object(
                JSONObject(members: object.members.filter { !["id", "created_at", "updated_at"].contains($0.name) }))
        case .null, .bool, .number, .string: self
        }
    }
}
