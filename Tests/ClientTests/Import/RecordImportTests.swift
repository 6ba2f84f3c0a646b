import ArgumentParser
import FinetuneAPI
import Glibc
import Identifiers
import Synchronization
import Testing

@testable import finetunectl

@Suite("Importing into a daemon")
struct RecordImportTests {
    private static let connection = ObjectID(seconds: 1, suffix: 1)

    /// Imports lines; the daemon refuses each batch that holds the SQL `bad`, and names the first such record.
    private func importLines(
        _ sql: [String], arguments: [String],
        answering answer: @escaping @Sendable (Request) -> PlayedDaemon.Answer = { Self.answer(to: $0) }
    ) async throws -> Performance {
        try await withFile(of: sql, answering: answer) { path, session in
            let arguments = [Self.connection.description, path, "--format", "jsonl"] + arguments
            try await RecordImport.parse(arguments).run(in: session)
        }
    }

    private func withFile(
        of sql: [String],
        answering answer: @escaping @Sendable (Request) -> PlayedDaemon.Answer = { Self.answer(to: $0) },
        _ body: @escaping @Sendable (String, Session) async throws -> Void
    ) async throws -> Performance {
        let (file, path) = try await OpenFile.create(besides: "/tmp/ctl-import")
        let lines = sql.map { "{\"question\":\"q\",\"sql\":\"\($0)\"}\n" }
        try await file.write(Array(lines.joined().utf8))
        file.close()
        defer { unlink(path) }
        return try await PlayedDaemon.run { request in
            request.method == .get ? .reply(status: 200, .wire(DaemonStatus.sample)) : answer(request)
        } _: { session in
            try await body(path, session)
        }
    }

    private static func answer(to request: Request) -> PlayedDaemon.Answer {
        let records = request.body?.array ?? []
        guard let place = records.firstIndex(where: { $0["sql"] == "bad" }) else {
            let added = ImportedRecords(
                imported: records.count, first: connection, last: connection,
                checks: CheckCounts(valid: records.count), invalid: [])
            return .reply(status: 201, .wire(added))
        }
        let refusal = APIError(
            .invalidGoldenRecord, "sql is bad", remedy: "Correct it.", detail: ["field": .string("\(place).sql")])
        return .reply(status: 400, .wire(refusal))
    }

    @Test("records go in batches, all of them, in order")
    func batches() async throws {
        let performance = try await importLines((0..<25).map { "SELECT \($0)" }, arguments: ["--batch", "10"])
        let batches = performance.requests.filter { $0.method == .post }.compactMap(\.body?.array)
        #expect(batches.map(\.count) == [10, 10, 5])
        #expect(batches.flatMap { $0 }.map { $0["sql"]?.string } == (0..<25).map { "SELECT \($0)" })
        #expect(performance.output == "imported 25 golden records (25 valid)\n")
    }

    @Test("a daemon that takes few requests in a second gets all batches, in order once it has said so")
    func quota() async throws {
        let taken = Mutex<Set<String>>([])
        let refusal = APIError(
            .tooManyRequests, "too many", remedy: "Wait.", detail: ["retry_after": .number(JSONNumber(0.001))])
        let lines = (0..<50).map { "SELECT \($0)" }
        let performance = try await importLines(lines, arguments: ["--batch", "10"]) { request in
            // Each request is one too many when it first comes.
            let isNew = taken.withLock { $0.insert(request.idempotencyKey ?? "").inserted }
            return isNew ? .reply(status: 429, .wire(refusal)) : Self.answer(to: request)
        }
        #expect(performance.output == "imported 50 golden records (50 valid)\n")
        let posts = performance.requests.filter { $0.method == .post }
        #expect(Set(posts.map(\.idempotencyKey)).count == 5 && posts.count == 10)
        let firsts = posts.map { $0.body?.array?.first?["sql"] }
        #expect(firsts.suffix(4) == ["SELECT 30", "SELECT 30", "SELECT 40", "SELECT 40"])
    }

    @Test("a refused record is named by its line, and what is in already is told")
    func refusedRecord() async throws {
        let performance = try await importLines(["a", "b", "c", "bad"], arguments: ["--batch", "2"])
        #expect(performance.status == 1)
        #expect(performance.failure.map { ExitReport($0).text.contains(":4: sql is bad") } == true)
        #expect(
            performance.remarks.contains(
                "2 of 4 records were added before the import ended; the first that may be missing is on line 3"))
    }

    @Test("an import that ended early goes on from the line that is told")
    func fromLine() async throws {
        let performance = try await importLines(["a", "b", "c", "d"], arguments: ["--from-line", "3"])
        let added = performance.requests.filter { $0.method == .post }.compactMap(\.body?.array).flatMap(\.self)
        #expect(added.map { $0["sql"] } == ["c", "d"])
        #expect(performance.output == "imported 2 golden records (2 valid)\n")
    }

    @Test("an import that the user ends waits for what is under way, and knows where it stopped")
    func interruption() async throws {
        let performance = try await withFile(of: (1...10).map { "SELECT \($0)" }) { path, session in
            let interruption = Interruption()
            let sender = RecordSender(
                session: session, file: try await ImportFile.open(path, format: .jsonl),
                batcher: RecordBatcher(connection: Self.connection, maximumRecords: 1, lineBytes: 1 << 20),
                skipsBad: false, interruption: interruption
            ) { _ in interruption.want() }
            let end = await #expect(throws: ImportInterrupted.self) { try await sender.send() }
            #expect(end?.cause as? finetunectl.ExitStatus == .interrupted)
            #expect(end?.outcome.added == 3)
            #expect(end?.firstMissingLine == 4)
        }
        #expect(performance.requests.count == 3)
    }

    @Test("with --skip-bad a refused record is left out and the rest of its batch goes in")
    func skipsRefused() async throws {
        let performance = try await importLines(["a", "bad", "c", "bad", "e"], arguments: ["--skip-bad"])
        #expect(performance.status == 0)
        #expect(performance.output.hasPrefix("imported 3 golden records (3 valid)\nleft out 2 broken records\n"))
        #expect(performance.remarks.contains(":2: sql is bad"))
    }

    @Test("a broken line sends nothing")
    func brokenLine() async throws {
        let performance = try await importLines(["a", "\""], arguments: [])
        #expect(performance.status == 2)
        #expect(performance.requests.allSatisfy { $0.method == .get })
    }
}

extension DaemonStatus {
    fileprivate static let sample = DaemonStatus(
        version: "0.1.0", uptimeSeconds: 1, role: .operate,
        limits: Limits(
            lineBytes: 1 << 20, nesting: 64, requestsInFlight: 64, connections: 1024, connectionsPerUser: 256,
            unreadBytes: 4 << 20, unreadBytesForTenSeconds: 1 << 20),
        connections: 1,
        finetunings: FinetuningCounts(
            queued: 0, validatingFiles: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0),
        providers: [], storage: StorageHealth(state: .healthy, message: nil),
        budget: BudgetStatus(
            currency: "USD", perFinetuning: nil, perMonth: nil, spentThisMonth: 0, perUserPerMonth: nil,
            spentByYouThisMonth: 0, finetuningsPerUserPerDay: nil, orderedByYouToday: 0))
}
