import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite(.timeLimit(.minutes(10))) struct FaultsOverHTTPTests {
    private func order(_ fault: String, on client: SandboxClient) async throws {
        try await client.json(.POST, "/_sandbox/faults", #"{"fault":\#(fault)}"#)
    }

    private func filesCreated(on client: SandboxClient) async throws -> Int {
        try await client.json(.GET, "/_sandbox/status").integer("files_created")
    }

    @Test func aStatusIsAnsweredOnceWithItsHeaders() async throws {
        try await withSandbox { client in
            try await order(#"{"type":"status","status":429,"retry_after":2,"code":"rate_limit_exceeded"}"#, on: client)
            let answer = try await client.send(.GET, "/v1/models")
            #expect(answer.status == 429)
            #expect(answer.headers.first(name: "retry-after") == "2")
            #expect(try answer.json()["error"]?["code"] == .string("rate_limit_exceeded"))
            #expect(try await client.send(.GET, "/v1/models").status == 200)
        }
    }

    @Test func aBodyCanBeAnything() async throws {
        try await withSandbox { client in
            try await order(
                #"{"type":"status","status":502,"body":"<html>","content_type":"text/html"}"#, on: client)
            let answer = try await client.send(.GET, "/v1/models")
            #expect(answer.text == "<html>")
            #expect(answer.headers.first(name: "content-type") == "text/html")
        }
    }

    @Test("a dropped request was done, or was not", arguments: [("drop_before", 0), ("drop_after", 1)])
    func dropped(type: String, files: Int) async throws {
        try await withSandbox { client in
            try await order(#"{"type":"\#(type)"}"#, on: client)
            let error = await #expect(throws: (any Error).self) { try await client.upload("x") }
            #expect((error as? SandboxClient.ConnectionLost)?.received.isEmpty != false)
            #expect(try await filesCreated(on: client) == files)
        }
    }

    @Test func aTruncatedBodyEndsEarly() async throws {
        try await withSandbox { client in
            let whole = try await client.send(.GET, "/v1/models").body
            try await order(#"{"type":"truncate"}"#, on: client)
            let error = await #expect(throws: SandboxClient.ConnectionLost.self) {
                try await client.send(.GET, "/v1/models")
            }
            #expect(error?.received == Array(whole.prefix(whole.count / 2)))
        }
    }

    @Test(
        "a late or slow answer is whole in the end",
        arguments: [#"{"type":"delay","seconds":0.01}"#, #"{"type":"slow_body","bytes_per_second":100000}"#])
    func late(fault: String) async throws {
        try await withSandbox { client in
            let whole = try await client.send(.GET, "/v1/models").body
            try await order(fault, on: client)
            #expect(try await client.send(.GET, "/v1/models").body == whole)
        }
    }

    @Test func aRedirectNamesItsLocation() async throws {
        try await withSandbox { client in
            try await order(#"{"type":"redirect","location":"/v1/elsewhere"}"#, on: client)
            let answer = try await client.send(.GET, "/v1/models")
            #expect(answer.status == 307)
            #expect(answer.headers.first(name: "location") == "/v1/elsewhere")
        }
    }

    @Test func aFileTurnsOutToBeUnusable() async throws {
        try await withSandbox { client in
            try await order(#"{"type":"file_error","reason":"line 3 is no JSON"}"#, on: client)
            let file = try await client.upload(trainingLines(10)).json()
            #expect(file["status"] == .string("error"))
            #expect(file["status_details"] == .string("line 3 is no JSON"))
            #expect(try await client.upload(trainingLines(10)).json()["status"] == .string("processed"))
        }
    }

    @Test("a file that will be unusable shows another word meanwhile", arguments: ["uploaded", "pending"])
    func fileIsUnusableLater(meanwhile: String) async throws {
        try await withSandbox { client in
            try await order(#"{"type":"file_error","seconds":3600,"meanwhile":"\#(meanwhile)"}"#, on: client)
            let file = try await client.upload(trainingLines(10)).json()
            #expect(file["status"] == .string(meanwhile))
            #expect(file["status_details"] == nil)
        }
    }

    @Test func aJobWithAFileThatTurnsOutToBeUnusableFails() async throws {
        try await withSandbox { client in
            try await client.json(.PUT, "/_sandbox/speed", #"{"speed":1}"#)
            try await order(#"{"type":"file_error","seconds":3600,"reason":"line 3 is no JSON"}"#, on: client)
            let file = try await client.uploadedFile(trainingLines(10))
            let order = #"{"model":"gpt-4o","training_file":"\#(file)"}"#
            let id = try await client.json(.POST, "/v1/fine_tuning/jobs", order).string("id")
            try await client.json(.PUT, "/_sandbox/speed", #"{"speed":1000000}"#)
            let job = try await client.job(id, whenItIs: "failed")
            #expect(job["error"]?["code"] == .string("invalid_training_file"))
        }
    }

    @Test func faultsCanBeListedAndCleared() async throws {
        try await withSandbox { client in
            try await order(#"{"type":"truncate"}"#, on: client)
            #expect(try await client.json(.GET, "/_sandbox/faults").data.count == 1)
            try await client.json(.DELETE, "/_sandbox/faults")
            #expect(try await client.json(.GET, "/_sandbox/faults").data.isEmpty)
            #expect(try await client.send(.GET, "/v1/models").status == 200)
        }
    }
}
