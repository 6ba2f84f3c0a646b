import Glibc
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("the audit log", .timeLimit(.minutes(5)))
struct AuditTrailTests {
    private func lines(of log: CapturedLog) -> [String] {
        log.lines.filter { $0.hasPrefix("notice: ") && $0.contains("\"request\"") }
    }

    @Test("has a line for each write, with the peer's user and process and the request's id, and none for a read")
    func eachWriteHasALine() async throws {
        try await withDaemon { daemon in
            let connection = try await daemon.register()
            _ = try await daemon.send(.get, "/database-connections")
            _ = try await daemon.send(.put, "/database-connections/\(connection.id)", ["alias": "renamed"])
            _ = try await daemon.send(.post, "/finetunings/plan", ["db_connection_id": .id(connection.id)])
            _ = try await daemon.send(.delete, "/database-connections/\(connection.id)")
            _ = try await daemon.send(.delete, "/database-connections/\(connection.id)")
            let lines = lines(of: daemon.log)
            let path = "/api/v1/database-connections"
            #expect(
                lines.map { $0.prefix { $0 != "[" } } == [
                    "notice: POST \(path) 201 ", "notice: PUT \(path)/{id} 200 ", "notice: DELETE \(path)/{id} 200 ",
                    "notice: DELETE \(path)/{id} 404 database_connection_not_found ",
                ])
            for line in lines {
                #expect(line.contains("\"peer_uid\": \(geteuid())") && line.contains("\"peer_pid\": \(getpid())"))
            }
            #expect(lines.dropFirst().allSatisfy { $0.contains("\"subject\": \(connection.id)") })
        }
    }

    @Test("names the job of a finetuning's line")
    func namesTheJob() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            _ = try await daemon.cancel(ordered.id)
            let line = try #require(lines(of: daemon.log).last)
            #expect(line.contains("/cancel 200") && line.contains("\"job\": \(ordered.id)"))
        }
    }

    @Test("has a line for a write that the role does not allow")
    func refusedWritesAreTold() async throws {
        try await withDaemon(ScriptedProvider(), Setup(role: .agent)) { daemon in
            #expect(try await daemon.refusal(.post, "/golden-records", []).code == .forbidden)
            let line = try #require(lines(of: daemon.log).last)
            #expect(line.contains("403 forbidden") && line.contains("\"role\": agent"))
        }
    }

    @Test("has a line for what agents write, too")
    func agentsWrites() async throws {
        try await withDaemon(ScriptedProvider(), Setup(role: .agent)) { daemon in
            let prompt: JSONValue = ["db_connection_id": "6553f1000000000000000009", "text": "How many?"]
            #expect(try await daemon.refusal(.post, "/prompts", prompt).code == .databaseConnectionNotFound)
            _ = try await daemon.send(.post, "/prompts/render", prompt)
            #expect(lines(of: daemon.log).map { $0.contains("POST /api/v1/prompts 404") } == [true])
        }
    }

    @Test("is one line, whatever a client calls its request")
    func oneLineWhateverTheID() async throws {
        try await withDaemon { daemon in
            let raw = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            try await raw.send(
                #"{"id":"a\n\u001b[2Jé","method":"POST","path":"/api/v1/golden-records","body":[]}"# + "\n")
            _ = try await raw.reply()
            try await raw.close()
            let line = try #require(lines(of: daemon.log).last)
            #expect(line.contains("\"request\": a??[2J?"))
        }
    }
}
