import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("requests a second of one user", .timeLimit(.minutes(5)))
struct RequestQuotaTests {
    private static let few: Setup = {
        var setup = Setup()
        setup.limits.requestsPerSecondPerUser = 4
        return setup
    }()

    @Test("are counted over all connections; one too many is refused and told when to come again")
    func areCountedOverAllConnections() async throws {
        try await withDaemon(ScriptedProvider(), Self.few) { daemon in
            let other = try await daemon.connect()
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for client in Array(repeating: [daemon.client, other], count: 20).flatMap(\.self) {
                    group.addTask { try await client.send(.get, "/api/v1/heartbeat") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            await other.close()
            let refusals = try replies.filter { $0.status != 200 }.map { try $0.refusal() }
            let refusal = try #require(refusals.first)
            #expect(refusals.allSatisfy { $0.code == .tooManyRequests })
            #expect(refusal.detail["limit"] == 4)
            guard case .number(let seconds)? = refusal.detail["retry_after"] else {
                throw refusal
            }
            #expect(seconds.double > 0 && seconds.double <= 0.25)
            try await Task.sleep(for: .seconds(seconds.double))
            #expect(try await daemon.send(.get, "/heartbeat").status == 200)
        }
    }

    @Test("lines that are no requests count too, and the connection goes on")
    func malformedLinesCount() async throws {
        try await withDaemon(ScriptedProvider(), Self.few) { daemon in
            let raw = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            try await raw.send(String(repeating: "?\n", count: 30))
            var codes: [ErrorCode] = []
            for _ in 0..<30 {
                let reply = try #require(try await raw.reply())
                codes.append(try reply.refusal().code)
            }
            #expect(codes.prefix(4).allSatisfy { $0 == .malformedRequest })
            #expect(codes.contains(.tooManyRequests))
            try await raw.close()
        }
    }

    @Test("are told in the limits, as empty where there is no limit")
    func areTold() async throws {
        try await withDaemon(ScriptedProvider(), Self.few) { daemon in
            let status = try await daemon.client.call(Routes.status)
            #expect(status.limits.requestsPerSecondPerUser == 4)
        }
        try await withDaemon { daemon in
            let reply = try await daemon.send(.get, "/status")
            #expect(reply.body["limits"]?["requests_per_second_per_user"] == .null)
        }
    }
}
