import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite(.timeLimit(.minutes(10))) struct ControlOverHTTPTests {
    /// A job that stays in validation.
    private func startedJob(on client: SandboxClient) async throws -> String {
        let file = try await client.uploadedFile(trainingLines(10))
        let body = #"{"model":"gpt-4o","training_file":"\#(file)"}"#
        return try await client.json(.POST, "/v1/fine_tuning/jobs", body).string("id")
    }

    @Test func aJobFailsOnCommand() async throws {
        try await withSandbox(speed: 0.001) { client in
            let id = try await startedJob(on: client)
            try await client.json(
                .POST, "/_sandbox/jobs/\(id)", #"{"fail":{"code":"server_error","message":"Sorry."}}"#)
            let job = try await client.json(.GET, "/v1/fine_tuning/jobs/\(id)")
            #expect(job["status"] == .string("failed"))
            #expect(job["error"]?["code"] == .string("server_error"))
            #expect(job["finished_at"] != .null)
        }
    }

    @Test func aForcedStatusHidesTheTrueOneUntilItIsLifted() async throws {
        try await withSandbox(speed: 0.001) { client in
            let id = try await startedJob(on: client)
            try await client.json(.POST, "/_sandbox/jobs/\(id)", #"{"status":"paused_by_admin"}"#)
            _ = try await client.job(id, whenItIs: "paused_by_admin")
            try await client.json(.POST, "/_sandbox/jobs/\(id)", #"{"status":null}"#)
            _ = try await client.job(id, whenItIs: "validating_files")
        }
    }

    @Test(arguments: ["1e30", "-1", "86401"]) func aDelayIsADayAtMost(seconds: String) async throws {
        try await withSandbox { client in
            let rule = Array(#"{"fault":{"type":"delay","seconds":\#(seconds)}}"#.utf8)
            let refused = try await client.send(.POST, "/_sandbox/faults", body: rule)
            #expect(refused.status == 400)
        }
    }

    @Test func aRemovedJobIsGone() async throws {
        try await withSandbox(speed: 0.001) { client in
            let id = try await startedJob(on: client)
            try await client.json(.DELETE, "/_sandbox/jobs/\(id)")
            #expect(try await client.send(.GET, "/v1/fine_tuning/jobs/\(id)").status == 404)
        }
    }

    @Test func aFileWithAnErrorTrainsNothing() async throws {
        try await withSandbox { client in
            let file = try await client.uploadedFile(trainingLines(10))
            try await client.json(.POST, "/_sandbox/files/\(file)", #"{"status":"error"}"#)
            #expect(try await client.json(.GET, "/v1/files/\(file)")["status"] == .string("error"))
            let body = #"{"model":"gpt-4o","training_file":"\#(file)"}"#
            #expect(try await client.send(.POST, "/v1/fine_tuning/jobs", body: Array(body.utf8)).status == 400)
        }
    }

    @Test func theAcceptedKeyCanChange() async throws {
        try await withSandbox { client in
            try await client.json(.PUT, "/_sandbox/api-key", #"{"api_key":"sk-other"}"#)
            #expect(try await client.send(.GET, "/v1/models").status == 401)
            #expect(try await SandboxClient(port: client.port, key: "sk-other").send(.GET, "/v1/models").status == 200)
        }
    }

    @Test func aSlowJobFinishesOnceTheSpeedIsRaised() async throws {
        try await withSandbox(speed: 0.001) { client in
            let id = try await startedJob(on: client)
            try await client.json(.PUT, "/_sandbox/speed", #"{"speed":1000000}"#)
            _ = try await client.job(id, whenItIs: "succeeded")
            #expect(try await client.send(.PUT, "/_sandbox/speed", body: Array(#"{"speed":0}"#.utf8)).status == 400)
        }
    }

    @Test func requestsAreCountedAndRememberedWithoutTheKey() async throws {
        try await withSandbox { client in
            _ = try await client.send(.GET, "/v1/models?x=1")
            _ = try await client.send(.GET, "/v1/nowhere")
            try await client.json(.POST, "/_sandbox/faults", #"{"fault":{"type":"drop_before"}}"#)
            await #expect(throws: (any Error).self) { try await client.send(.GET, "/v1/files") }
            #expect(try await client.json(.GET, "/_sandbox/status").integer("requests") == 3)
            let answer = try await client.send(.GET, "/_sandbox/requests")
            let statuses = try answer.json().data.map { $0["status"] }
            #expect(statuses == [.integer(200), .integer(404), .null])
            #expect(answer.text.contains("/v1/models?x=1"))
            #expect(!answer.text.contains(SandboxClient.key))
        }
    }

    @Test func connectionsCountWhileTheyAreOpenIfTheProviderIsAskedOverThem() async throws {
        try await withSandbox { client in
            _ = try await client.send(.GET, "/v1/models")
            _ = try await client.send(.GET, "/v1/models")
            var status = try await client.json(.GET, "/_sandbox/status")
            while try status.integer("connections") > 0 { status = try await client.json(.GET, "/_sandbox/status") }
            #expect(try status.integer("most_connections") >= 1)
            #expect(try status.integer("requests") == 2)
        }
    }

    @Test func theBusiestSecondIsRemembered() {
        var traffic = Traffic()
        let one = ObjectIdentifier(RequestLog.self as Any.Type)
        for milliseconds in [100, 200, 900, 1_000, 1_100, 1_200, 5_000] {
            traffic.note(requestOver: one, after: .milliseconds(milliseconds))
        }
        #expect(traffic.requests == 7)
        #expect(traffic.mostRequestsInASecond == 4)
        #expect(traffic.mostConnections == 1)
    }

    @Test func theLogKeepsTheLastThousand() {
        var log = RequestLog()
        for index in 0..<1_500 {
            log.add(RequestLog.Entry(method: "GET", path: "/\(index)", status: ExplicitNull(wrappedValue: 200)))
        }
        #expect(log.entries.count == 1_000)
        #expect(log.entries.first?.path == "/500")
    }
}
