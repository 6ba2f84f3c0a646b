import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("a request with an idempotency key", .timeLimit(.minutes(5)))
struct RepeatedRequestTests {
    private func order(
        _ daemon: TestDaemon, _ library: Library, alias: String = "a", key: String = "k"
    ) async throws -> Reply {
        let body: JSONValue = ["db_connection_id": .string(library.connection.id.description), "alias": .string(alias)]
        return try await daemon.client.send(.post, "/api/v1/finetunings", body: body, idempotencyKey: key)
    }

    private func count(_ daemon: TestDaemon) async throws -> Int {
        try await daemon.client.call(Routes.listFinetunings, query: FinetuningPaging(limit: 100)).count
    }

    @Test("gets the first reply again, whatever became of its work, also from the next daemon")
    func again() async throws {
        let workplace = try Workplace()
        var first: Reply?
        try await withDaemon(at: workplace) { daemon in
            let library = try await daemon.prepareLibrary()
            let reply = try await order(daemon, library)
            #expect(reply.status == 201)
            let made = try reply.response(Wire.Finetuning.self)
            #expect(try await daemon.end(of: made.id).status == .succeeded)
            #expect(try await order(daemon, library).body == reply.body)
            _ = try await daemon.send(.delete, "/finetunings/\(made.id)")
            first = reply
        }
        try await withDaemon(at: workplace) { daemon in
            let connection = try await daemon.client.call(Routes.listConnections, query: AliasPaging())[0]
            let library = Library(connection: connection, tables: [], records: [])
            let reply = try await order(daemon, library)
            #expect(reply.status == 201)
            #expect(reply.body == first?.body)
            #expect(try await count(daemon) == 0)
        }
    }

    @Test("is carried out once, though it comes many times at once on several connections")
    func atOnce() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let bodies = try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let client = try await daemon.connect()
                        let body: JSONValue = ["db_connection_id": .string(library.connection.id.description)]
                        let reply = try await client.send(.post, "/api/v1/finetunings", body: body, idempotencyKey: "k")
                        await client.close()
                        return reply.body
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(bodies).count == 1)
            #expect(try await count(daemon) == 1)
        }
    }

    @Test("is judged anew after a refusal, which has changed nothing")
    func refused() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 5)
            #expect(try await order(daemon, library).status == 400)
            try await daemon.addRecords(20, to: library.connection.id)
            #expect(try await order(daemon, library).status == 201)
        }
    }

    @Test("is the same request though its members come in another order, and another with another value")
    func sameness() async throws {
        try await withDaemon { daemon in
            let id = JSONValue.string(try await daemon.prepareLibrary().connection.id.description)
            let path = "/api/v1/finetunings"
            let one = try await daemon.client.send(
                .post, path, body: ["db_connection_id": id, "alias": "a"], idempotencyKey: "k")
            let same = try await daemon.client.send(
                .post, path, body: ["alias": "a", "db_connection_id": id], idempotencyKey: "k")
            #expect(same.body == one.body)
            for (path, alias) in [(path, "b"), (path + "/plan", "a")] {
                let other = try await daemon.client.send(
                    .post, path, body: ["db_connection_id": id, "alias": .string(alias)], idempotencyKey: "k")
                #expect(try other.refusal().code == .idempotencyConflict)
            }
        }
    }

    @Test("works for every POST: a second cancel gets the first one's reply, records are added once")
    func everyPost() async throws {
        try await withDaemon(ScriptedProvider(phases: [.running])) { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "job_created", of: ordered.id)
            let record: JSONValue = [
                "db_connection_id": .string(library.connection.id.description), "prompt_text": "?", "sql": "SELECT 1",
            ]
            let posts: [(path: String, body: JSONValue?)] = [
                ("golden-records", [record]), ("golden-records/import", [record]),
                ("finetunings/\(ordered.id)/cancel", nil),
                ("database-connections", ["alias": "another", "dialect": "sqlite"]),
                ("table-descriptions/refresh", ["db_connection_id": .string(library.connection.id.description)]),
            ]
            for (place, post) in posts.enumerated() {
                let path = "/api/v1/" + post.path
                let first = try await daemon.client.send(.post, path, body: post.body, idempotencyKey: "k\(place)")
                let second = try await daemon.client.send(.post, path, body: post.body, idempotencyKey: "k\(place)")
                #expect(first.status < 300, "\(post.path)")
                #expect(second.body == first.body && second.status == first.status, "\(post.path)")
            }
            let records = ConnectionPaging(databaseConnection: library.connection.id, limit: 100)
            #expect(try await daemon.client.call(Routes.listRecords, query: records).count == 14)
        }
    }
}
