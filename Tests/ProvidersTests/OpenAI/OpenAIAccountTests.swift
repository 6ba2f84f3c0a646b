import Identifiers
import Jobs
import Providers
import Testing

@Suite("Accounts at OpenAI")
struct OpenAIAccountTests {
    private let file = ProviderFileID(rawValue: "file-1")

    @Test("a connection's own key wins over the daemon's")
    func ownKey() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.file("file-1"))
        } _: { server, provider in
            _ = try await provider.file(file, as: .own(Secret("sk-own"), of: ObjectID(seconds: 1, suffix: 1)))
            _ = try await provider.file(file, as: .daemon)
            #expect(
                server.received.map { $0.header("authorization") } == ["Bearer sk-own", "Bearer sk-test-0123456789"])
        }
    }

    @Test("without a key nothing is sent, and the reason is the key")
    func noKey() async throws {
        try await withTransport { _ in
            ContractReplies.json("{}")
        } _: { server, transport in
            var configuration = OpenAIConfiguration()
            configuration.address = try address(server)
            let provider = OpenAIProvider(configuration, over: transport, asking: transport)
            let error = await failure { () async throws(ProviderError) in
                try await provider.file(file, as: .daemon)
            }
            guard case .unauthorized = error else {
                Issue.record("not unauthorized: \(String(describing: error))")
                return
            }
            #expect(server.received.isEmpty)
        }
    }

    @Test("an organization and a project are sent where they are configured")
    func organization() async throws {
        try await withTransport { _ in
            ContractReplies.json(ContractReplies.file("file-1"))
        } _: { server, transport in
            var configuration = OpenAIConfiguration(apiKey: Secret("sk-1"))
            configuration.address = try address(server)
            configuration.organization = "org-1"
            configuration.project = "proj-1"
            _ = try await OpenAIProvider(configuration, over: transport, asking: transport).file(file, as: .daemon)
            let received = try #require(server.received.first)
            #expect(received.header("openai-organization") == "org-1")
            #expect(received.header("openai-project") == "proj-1")
        }
    }

    @Test("a key that the service repeats in an event or a failed job is not shown")
    func repeatedKey() async throws {
        try await withProvider { request in
            let key = request.header("authorization")?.dropFirst("Bearer ".count) ?? ""
            return ContractReplies.json(
                ContractReplies.job(
                    "ftjob-1", status: "failed", error: #"{"message":"key \#(key) is over its limit","code":"c"}"#))
        } _: { server, provider in
            let job = try await provider.job(ProviderJobID(rawValue: "ftjob-1"), as: .daemon)
            #expect(job.phase == .failed(ProviderComplaint("key ••• is over its limit", code: "c")))
        }
    }

    @Test("a call whose connection is lost may have been carried out")
    func connectionLost() async throws {
        try await withProvider { _ in
            .close
        } _: { server, provider in
            let lost = await failure { () async throws(ProviderError) in
                try await provider.file(file, as: .daemon)
            }
            guard case .answerLost = lost else {
                Issue.record("not lost: \(String(describing: lost))")
                return
            }
        }
    }
}
