import Jobs
import Providers
import Testing

@Suite("Models at OpenAI")
struct OpenAIModelsTests {
    private let question = CompletionRequest(
        model: "ft:1", messages: [.init(.system, "Answer with SQL."), .init(.user, "How many?")], maximumTokens: 200)

    @Test("a question is a system and a user message, asked without chance")
    func completion() async throws {
        try await withProvider { _ in
            ContractReplies.json(
                #"{"choices":[{"message":{"role":"assistant","content":"SELECT 1"}}],"#
                    + #""usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}"#)
        } _: { server, provider in
            let answer = try await provider.complete(question, as: .daemon, telling: nil)
            #expect(answer == Completion(text: "SELECT 1", usage: .init(promptTokens: 10, answerTokens: 2)))
            let received = try #require(server.received.first)
            #expect(received.uri == "/v1/chat/completions")
            let expected = try JSONValue(
                """
                {"model":"ft:1","temperature":0,"max_completion_tokens":200,
                "messages":[{"role":"system","content":"Answer with SQL."},{"role":"user","content":"How many?"}]}
                """)
            #expect(try JSONValue(received.text) == expected)
        }
    }

    @Test(
        "an answer is an answer though its usage be no count",
        arguments: ["-1", "4611686018427387904", "1e300", #""ten""#, "null", "2.5"])
    func oddUsage(count: String) async throws {
        try await withProvider { _ in
            ContractReplies.json(
                #"{"choices":[{"message":{"content":"SELECT 1"}}],"#
                    + #""usage":{"prompt_tokens":\#(count),"completion_tokens":2}}"#)
        } _: { server, provider in
            let answer = try await provider.complete(question, as: .daemon, telling: nil)
            #expect(answer == Completion(text: "SELECT 1", usage: nil))
        }
    }

    @Test(
        "an answer without text is refused, not empty",
        arguments: [#"{"choices":[]}"#, #"{"choices":[{"message":{"content":null,"refusal":"no"}}]}"#])
    func noText(body: String) async throws {
        try await withProvider { _ in
            ContractReplies.json(body)
        } _: { server, provider in
            let error = await failure { () async throws(ProviderError) in
                try await provider.complete(question, as: .daemon, telling: nil)
            }
            #expect(error?.complaint.code == "no_text")
        }
    }
}
