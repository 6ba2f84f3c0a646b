import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("long lines", .timeLimit(.minutes(5)))
struct LongLineTests {
    // Longer than a line that is parsed between the replies to others.
    private let padding = String(repeating: " ", count: 100_000)

    @Test("are answered as short ones are, and refused as short ones are")
    func longLines() async throws {
        try await withDaemon { daemon in
            let connection = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            let line = "{\"id\":7,\"method\":\"GET\",\(padding)\"path\":\"/api/v1/heartbeat\"}\n"
            try await connection.send(line)
            let answer = try #require(try await connection.reply())
            #expect(answer.id == .integer(7) && answer.status == 200)
            try await connection.send(line.replacing("heartbeat", with: "nowhere"))
            let refusal = try #require(try await connection.reply())
            #expect(refusal.id == .integer(7) && refusal.status == 404)
            try await connection.send("{\(padding)\n")
            let malformed = try #require(try await connection.reply())
            #expect(malformed.id == .none && malformed.status == 400)
            try await connection.close()
        }
    }
}
