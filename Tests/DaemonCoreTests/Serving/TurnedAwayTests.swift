import Glibc
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("clients that are turned away", .timeLimit(.minutes(5)))
struct TurnedAwayTests {
    @Test("are counted, and told to the log with the limit and the peer, but not each of them")
    func refusedConnections() async throws {
        var setup = Setup()
        setup.lineLimits.connectionsPerUser = 1
        setup.limits.connectionsPerUser = 1
        try await withDaemon(ScriptedProvider(), setup) { daemon in
            for _ in 0..<20 {
                let refused = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
                let refusal = try #require(try await refused.reply()).refusal()
                #expect(refusal.code == .tooManyRequests)
            }
            let status = try await daemon.client.call(Routes.status)
            #expect(status.turnedAway == TurnedAwayClients(connectionsPerUser: 20))
            let lines = daemon.log.lines.filter { $0.contains("limits.connections_per_user") }
            #expect(lines.count < 20)
            let line = try #require(lines.first)
            #expect(line.hasPrefix("notice: a connection was refused: its user has 1 open"))
            #expect(line.contains("\"peer_uid\": \(geteuid())") && line.contains("\"peer_pid\": \(getpid())"))
        }
    }

    @Test("are told with the limit of unread output when they did not read")
    func closedConnections() async throws {
        var setup = Setup.impatient
        setup.limits.unreadBytes = 1 << 20
        try await withDaemon(ScriptedProvider(), setup) { daemon in
            let client = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            try await client.stopReading()
            // Each reply is of some hundred kilobytes, and is not read.
            let ask = #"{"id":1,"method":"GET","path":"/api/v1/openapi"}"# + "\n"
            try await client.send(String(repeating: ask, count: 60))
            await daemon.log.wait(for: 1, containing: "limits.unread_bytes")
            #expect(try await daemon.client.call(Routes.status).turnedAway == TurnedAwayClients(unreadBytes: 1))
        }
    }
}
