import Jobs
import Providers
import Synchronization
import Testing

@Suite("Answers that OpenAI streams")
struct OpenAIStreamTests {
    private let question = CompletionRequest(
        model: "ft:1", messages: [.init(.user, "How many?")], maximumTokens: 200, measuresConfidence: true)

    /// The answer to a stream of these pieces, and what was told of it while it came.
    private func answer(
        _ pieces: [String], type: String = "text/event-stream"
    ) async throws -> (result: Result<Completion, ProviderError>, told: [String]) {
        let told = Mutex<[String]>([])
        var result: Result<Completion, ProviderError>?
        try await withProvider { _ in
            .chunked(pieces: pieces, type: type)
        } _: { server, provider in
            do throws(ProviderError) {
                result = .success(
                    try await provider.complete(question, as: .daemon) { text in told.withLock { $0.append(text) } })
            } catch {
                result = .failure(error)
            }
        }
        return (try #require(result), told.withLock { $0 })
    }

    private static func event(_ text: String, logprob: Double? = nil) -> String {
        let probabilities = logprob.map { #","logprobs":{"content":[{"token":"x","logprob":\#($0)}]}"# } ?? ""
        return #"data: {"choices":[{"index":0,"delta":{"content":"\#(text)"}\#(probabilities)}]}"# + "\n\n"
    }

    private static let usage =
        #"data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}"# + "\n\n"
    private static let end = "data: [DONE]\n\n"

    @Test("its text is told piece by piece, and comes whole with its usage and confidence")
    func pieces() async throws {
        let role = #"data: {"choices":[{"delta":{"role":"assistant","content":""}}]}"# + "\n\n"
        let (result, told) = try await answer([
            role, Self.event("SELECT ", logprob: 0), ": keep alive\n\n", Self.event("1 – é", logprob: -1), Self.usage,
            Self.end,
        ])
        let completion = try result.get()
        #expect(completion.text == "SELECT 1 – é" && told.joined() == completion.text)
        #expect(completion.usage == .init(promptTokens: 10, answerTokens: 2))
        #expect(abs((completion.confidence ?? 0) - 0.606_530_66) < 0.000_001)
    }

    @Test("events may be cut anywhere, and lines may end as in Windows")
    func cuts() async throws {
        let body = (Self.event("SELECT ") + Self.event("'é'") + Self.usage + Self.end).replacing("\n", with: "\r\n")
        for size in [1, 2, 3, 7] {
            var rest = Array(body.utf8)[...]
            var pieces: [String] = []
            while !rest.isEmpty {
                // A test's pieces are strings, so a character is not cut.
                var count = min(size, rest.count)
                while String(validating: rest.prefix(count), as: UTF8.self) == nil { count += 1 }
                pieces.append(String(decoding: rest.prefix(count), as: UTF8.self))
                rest = rest.dropFirst(count)
            }
            #expect(try await answer(pieces).result.get().text == "SELECT 'é'")
        }
    }

    @Test(
        "an answer that has no end is lost, not cut short",
        arguments: [
            ([event("SELECT ")], nil), ([event("SELECT "), "data: nonsense\n\n", end], nil),
            (
                [
                    event("SELECT "), #"data: {"error":{"message":"overloaded","code":"server_error"}}"# + "\n\n", end,
                ], "server_error"
            ),
        ] as [([String], String?)])
    func breaches(_ pieces: [String], code: String?) async throws {
        let (result, told) = try await answer(pieces)
        #expect(told.first == "SELECT ")
        guard case .failure(.answerLost(let complaint, _)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(complaint.code == code)
    }

    @Test("a service that does not stream is understood all the same")
    func whole() async throws {
        let body = #"{"choices":[{"message":{"role":"assistant","content":"SELECT 1"}}]}"#
        let (result, told) = try await answer([body], type: "application/json")
        #expect(try result.get().text == "SELECT 1" && told == ["SELECT 1"])
    }

    @Test("nothing is told of a refusal, and what streams ask for is in the request")
    func refusal() async throws {
        try await withProvider { _ in
            ContractReplies.error(404, "no such model", code: #""model_not_found""#)
        } _: { server, provider in
            let error = await failure { () async throws(ProviderError) in
                try await provider.complete(question, as: .daemon) { Issue.record("told \($0)") }
            }
            #expect(error?.complaint.code == "model_not_found")
            let expected = try JSONValue(
                """
                {"model":"ft:1","temperature":0,"max_completion_tokens":200,"logprobs":true,"stream":true,
                "stream_options":{"include_usage":true},"messages":[{"role":"user","content":"How many?"}]}
                """)
            #expect(try JSONValue(#require(server.received.first).text) == expected)
        }
    }

    @Test("cancelling the caller ends a stream that stands still")
    func cancellation() async throws {
        try await withProvider { _ in
            .stalled(length: 1 << 20, body: Self.event("SELECT "), type: "text/event-stream")
        } _: { server, provider in
            let asking = Task {
                await failure { () async throws(ProviderError) in
                    try await provider.complete(question, as: .daemon) { _ in }
                }
            }
            await server.requestsArrived(1)
            asking.cancel()
            #expect(await asking.value == .cancelled)
        }
    }
}
