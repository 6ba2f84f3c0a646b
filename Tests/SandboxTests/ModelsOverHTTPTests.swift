import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite(.timeLimit(.minutes(10))) struct ModelsOverHTTPTests {
    private static let messages = #""messages":[{"role":"user","content":"How many album rows?"}]"#

    @Test func aBaseModelKnowsNothing() async throws {
        try await withSandbox { client in
            let answer = try await client.json(.POST, "/v1/chat/completions", #"{"model":"gpt-4o",\#(Self.messages)}"#)
            #expect(answer.text == "SELECT 1")
            #expect(answer["model"] == .string("gpt-4o-2024-08-06"))
        }
    }

    @Test func anAnswerCanBeStreamed() async throws {
        try await withSandbox { client in
            let (_, model) = try await client.finishedJob()
            let body = #"{"model":"\#(model)",\#(Self.messages),"stream":true,"stream_options":{"include_usage":true}}"#
            let answer = try await client.send(.POST, "/v1/chat/completions", body: Array(body.utf8))
            #expect(answer.headers.first(name: "content-type") == "text/event-stream")
            let events = answer.text.split(separator: "\n\n")
            #expect(events.allSatisfy { $0.hasPrefix("data: ") })
            #expect(events.last == "data: [DONE]")
            #expect(events.dropLast().last?.contains(#""usage":{"#) == true)
            #expect(events.filter { $0.contains(#""content":"#) }.count == 5)
        }
    }

    @Test func aTunedModelIsListedUntilItIsDeleted() async throws {
        try await withSandbox { client in
            let (_, model) = try await client.finishedJob()
            func isListed() async throws -> Bool {
                try await client.json(.GET, "/v1/models").data.contains { $0["id"] == .string(model) }
            }
            #expect(try await isListed())
            #expect(try await client.json(.DELETE, "/v1/models/\(model)")["deleted"] == .boolean(true))
            #expect(try await !isListed())
            let answer = try await client.send(
                .POST, "/v1/chat/completions", body: Array(#"{"model":"\#(model)",\#(Self.messages)}"#.utf8))
            #expect(answer.status == 404)
            #expect(try answer.json()["error"]?["code"] == .string("model_not_found"))
            #expect(try await client.send(.DELETE, "/v1/models/gpt-4o").status == 403)
        }
    }

    @Test func everyNameOfABaseModelIsListed() async throws {
        try await withSandbox { client in
            let names = try await client.json(.GET, "/v1/models").data.map { try $0.string("id") }
            #expect(Set(names).isSuperset(of: ["gpt-3.5-turbo", "gpt-3.5-turbo-0125", "gpt-4", "gpt-4.1-nano"]))
            #expect(try await client.send(.GET, "/v1/models/gpt-9").status == 404)
        }
    }

    @Test func aKeyIsNeededAndNeverEchoed() async throws {
        try await withSandbox { client in
            for key in [nil, "sk-secret-and-wrong"] {
                let answer = try await SandboxClient(port: client.port, key: key).send(.GET, "/v1/models")
                #expect(answer.status == 401)
                #expect(try answer.json()["error"]?["code"] == .string("invalid_api_key"))
                #expect(!answer.text.contains("secret"))
            }
        }
    }

    @Test("every answer has a request id", arguments: ["/v1/models", "/v1/x", "/_sandbox/status", "/"])
    func requestID(path: String) async throws {
        try await withSandbox { client in
            let ids = [try await client.send(.GET, path), try await client.send(.GET, path)]
                .compactMap { $0.headers.first(name: "x-request-id") }
            #expect(Set(ids).count == 2)
        }
    }
}
