import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport
import Synchronization
import Testing

@testable import finetunectl

@Suite("Commands and a daemon")
struct SessionTests {
    private static let shop = DatabaseConnection.sample(1, "shop")

    @Test("an alias is looked up alone: no list is read for it")
    func alias() async throws {
        let found = DatabaseConnection.sample(1_234, "database 1234")
        let performance = try await PlayedDaemon.run { request in
            .reply(status: 200, request.path.contains("?") ? .wire([found]) : .wire(found))
        } _: { session in
            try await ConnectionShow.parse(["database 1234"]).run(in: session)
        }
        #expect(
            performance.requests.map(\.path) == [
                "/api/v1/database-connections?alias=database%201234&page=1&limit=1000",
                "/api/v1/database-connections/\(found.id)",
            ])
        #expect(performance.output.contains("database 1234"))
    }

    @Test("an unknown alias is refused with the nearest one")
    func unknownAlias() async throws {
        let performance = try await PlayedDaemon.run { request in
            .reply(status: 200, request.path.contains("alias=") ? [] : .wire([Self.shop]))
        } _: { session in
            try await ConnectionShow.parse(["shpo"]).run(in: session)
        }
        #expect(performance.status == 1)
        #expect(performance.failure.map { ExitReport($0).text.contains("did you mean \"shop\"?") } == true)
    }

    @Test("--json prints the reply's body as it came, and nothing else")
    func json() async throws {
        let body = JSONValue.wire([Self.shop])
        let performance = try await PlayedDaemon.run(json: true) { _ in
            .reply(status: 200, body)
        } _: { session in
            try await ConnectionList.parse(["--json", "--limit", "1"]).run(in: session)
        }
        #expect(performance.output == body.text + "\n")
        #expect(performance.remarks == "")
    }

    @Test("--json --all is one array of every page")
    func everyPage() async throws {
        let all = (0..<1_001).map { DatabaseConnection.sample($0, "database \($0)") }
        let performance = try await PlayedDaemon.run(json: true) { request in
            .reply(
                status: 200, .wire(request.path.contains("page=1&") ? Array(all[..<1_000]) : Array(all[1_000...])))
        } _: { session in
            try await ConnectionList.parse(["--all", "--json"]).run(in: session)
        }
        #expect(performance.output == JSONValue.wire(all).text + "\n")
    }

    @Test("a POST whose connection breaks is sent again, once, under the same key")
    func sentAgain() async throws {
        let isFirst = Mutex(true)
        let performance = try await PlayedDaemon.run { _ in
            isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst ? .stream([], end: nil) : .reply(status: 201, ["made": 1])
            }
        } _: { session in
            try await RequestCommand.parse(["POST", "/api/v1/x", "{}"]).run(in: session)
        }
        #expect(performance.output == "{\"made\":1}\n")
        #expect(performance.requests.count == 2)
        #expect(performance.requests[0].idempotencyKey?.isEmpty == false)
        #expect(performance.requests[0].idempotencyKey == performance.requests[1].idempotencyKey)
    }

    @Test("two POSTs have two keys; whoever breaks the second try too is believed")
    func keys() async throws {
        let performance = try await PlayedDaemon.run { request in
            request.path == "/broken" ? .stream([], end: nil) : .reply(status: 201, [:])
        } _: { session in
            try await RequestCommand.parse(["POST", "/x"]).run(in: session)
            try await RequestCommand.parse(["POST", "/broken"]).run(in: session)
        }
        #expect(performance.status == 3)
        #expect(performance.requests.map(\.path) == ["/x", "/broken", "/broken"])
        #expect(Set(performance.requests.map(\.idempotencyKey)).count == 2)
    }

    @Test("a request prints every line's body, and ends with 1 on a refusal")
    func request() async throws {
        let performance = try await PlayedDaemon.run { request in
            request.method == .get ? .stream([1, 2], end: 3) : .reply(status: 409, ["error_code": "alias_in_use"])
        } _: { session in
            try await RequestCommand.parse(["get", "/api/v1/x"]).run(in: session)
            try await RequestCommand.parse(["POST", "/api/v1/x", "[7]"]).run(in: session)
        }
        #expect(performance.output == "1\n2\n3\n{\"error_code\":\"alias_in_use\"}\n")
        #expect(performance.requests.map(\.body) == [nil, [7]])
        #expect(performance.status == 1)
    }

    @Test("a POST that is streamed prints every piece, and ends as its last line says")
    func streamedRequest() async throws {
        let performance = try await PlayedDaemon.run { request in
            request.path == "/good"
                ? .stream([1, 2], end: 3) : .brokenOff([4], status: 503, ["error_code": "provider_unavailable"])
        } _: { session in
            try await RequestCommand.parse(["POST", "/good", "{}"]).run(in: session)
            try await RequestCommand.parse(["POST", "/bad", "{}"]).run(in: session)
        }
        #expect(performance.output == "1\n2\n3\n4\n{\"error_code\":\"provider_unavailable\"}\n")
        #expect(performance.status == 1)
        #expect(performance.requests.allSatisfy { $0.idempotencyKey?.isEmpty == false })
    }

    @Test("a POST whose connection breaks after a piece of the reply is not sent again")
    func brokenStream() async throws {
        let performance = try await PlayedDaemon.run { _ in
            .stream([1], end: nil)
        } _: { session in
            try await RequestCommand.parse(["POST", "/x", "{}"]).run(in: session)
        }
        #expect(performance.output == "1\n")
        #expect(performance.status == 3)
        #expect(performance.requests.count == 1)
    }

    @Test("a daemon that hangs up before it replies counts as unreachable")
    func hangUp() async throws {
        let performance = try await PlayedDaemon.run { _ in
            .stream([], end: nil)
        } _: { session in
            try await StatusCommand.parse([]).run(in: session)
        }
        #expect(performance.status == 3)
    }
}

extension DatabaseConnection {
    /// A connection whose unimportant fields are filled in.
    static func sample(_ number: Int, _ alias: String) -> DatabaseConnection {
        DatabaseConnection(
            id: ObjectID(seconds: 9, suffix: UInt64(number)), alias: alias, connectionURI: nil, dialect: "sqlite",
            schemas: [], llmAPIKey: nil, metadata: nil, createdAt: Timestamp(microseconds: 0),
            updatedAt: Timestamp(microseconds: 0), redaction: .masked)
    }
}

extension JSONValue {
    /// A value as the daemon sends it.
    static func wire(_ value: some Encodable) -> JSONValue {
        do {
            return try JSONParser.parse(WireEncoder().encode(value))
        } catch {
            preconditionFailure("a test's own value cannot be encoded: \(error)")
        }
    }
}
