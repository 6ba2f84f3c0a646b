import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

/// What models may answer, walked through with the daemon itself: each is told for what it is, and nobody else notices.
@Suite("SQL that does harm", .timeLimit(.minutes(10)))
struct BadSQLTests {
    private static let endless =
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"
    private static let manyRows =
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 10000000) SELECT n FROM c"

    // Short, so that the test is.
    private static let limits = """
        queries:
          time: 1
          rows: 500
          cell_bytes: 65536
          memory_bytes: 16777216
        """

    @Test("a model's SQL that writes, attaches, never ends or grows without end is refused or stopped")
    func answers() async throws {
        try await withSample { host, sandbox, client, connection in
            for sql in [
                "DELETE FROM systems", "ATTACH ':memory:' AS x", "PRAGMA user_version = 7", "CREATE TEMP TABLE t (a)",
                "SELECT 1; SELECT 2", "I do not know.",
            ] {
                let answer = try await client.answer(sql, about: connection, from: sandbox)
                #expect(answer.status == .invalid && answer.error != nil, "\(sql)")
                #expect(try await client.refusal(ofRunning: answer) == .sqlNotExecutable, "\(sql)")
            }
            for sql in [Self.endless, "SELECT hex(zeroblob(1000000000))", "SELECT zeroblob(1000000)"] {
                let answer = try await client.answer(sql, about: connection, from: sandbox)
                async let code = client.refusal(ofRunning: answer)
                let bystander = try await client.send(.get, "/api/v1/heartbeat")
                #expect(bystander.status == 200)
                #expect(try await code == .sqlExecutionFailed, "\(sql)")
            }
            let many = try await client.answer(Self.manyRows, about: connection, from: sandbox)
            let result = try await client.call(
                Routes.executeGeneration, many.id, query: ResultQuery(maximumRows: 1_000_000))
            #expect(result.rows.count == 500 && result.isTruncated)
            let untouched = try await client.answer("SELECT count(*) FROM systems", about: connection, from: sandbox)
            #expect(try await client.call(Routes.executeGeneration, untouched.id, query: ResultQuery()).rows == [[81]])
        }
    }

    @Test("a database that vanished, changed or is locked is told, and served again when it is back")
    func databases() async throws {
        try await withSample { host, sandbox, client, connection in
            let file = host.path("data/sample.sqlite")
            let answer = try await client.answer("SELECT count(*) FROM systems", about: connection, from: sandbox)

            try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
            #expect(try await client.refusal(ofRunning: answer) == .invalidDatabaseConnection)
            try FileManager.default.moveItem(atPath: file + ".away", toPath: file)

            let lock = try ExclusiveLock(onDatabase: file)
            #expect(try await client.refusal(ofRunning: answer) == .invalidDatabaseConnection)
            lock.release()
            #expect(try await client.call(Routes.executeGeneration, answer.id, query: ResultQuery()).rows == [[81]])

            try Data("no database, but for a while yet".utf8).write(to: URL(filePath: file))
            #expect(try await client.refusal(ofRunning: answer) == .invalidDatabaseConnection)
        }
    }

    private func withSample(
        _ test: (TestHost, RunningSandbox, FinetuneClient, ObjectID) async throws -> Void
    ) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            var options = DaemonOptions(sandbox)
            options.configuration = Self.limits
            let client = try await host.startDaemon(options).client()
            try await test(host, sandbox, client, try await client.registerSample(on: host))
        }
    }
}

extension FinetuneClient {
    /// A question to the base model, which answers this, and this again.
    fileprivate func answer(
        _ text: String, about connection: ObjectID, from sandbox: RunningSandbox
    ) async throws -> SQLGeneration {
        try await sandbox.inject(
            ["type": "answer", "text": .string(text)], into: "POST", "/v1/chat/completions", times: 2)
        let wish = NewPromptSQLGeneration(
            prompt: NewPrompt(text: "How many systems are there?", databaseConnection: connection),
            llmConfig: LLMConfig(name: "gpt-4o-mini-2024-07-18"))
        let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
        let reply = try await send(request.method, request.path, body: request.body)
        try await sandbox.forgetFaults()
        return try reply.response()
    }

    /// What is said to running an answer's SQL.
    fileprivate func refusal(ofRunning answer: SQLGeneration) async throws -> ErrorCode? {
        let reply = try await send(.get, "/api/v1/sql-generations/\(answer.id)/execute")
        return reply.body["error_code"]?.string.flatMap(ErrorCode.init)
    }
}

/// The lock that a program holds which writes to an SQLite file: on the bytes that readers share.
private struct ExclusiveLock {
    private let descriptor: Int32

    init(onDatabase path: String) throws {
        descriptor = open(path, O_RDWR)
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0000
        lock.l_len = 512
        guard descriptor >= 0, fcntl(descriptor, F_SETLK, &lock) == 0 else {
            throw CocoaError(.fileLocking)
        }
    }

    func release() { close(descriptor) }
}
