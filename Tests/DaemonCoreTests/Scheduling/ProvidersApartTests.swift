import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("two providers", .timeLimit(.minutes(5)))
struct ProvidersApartTests {
    private let gate = Gate()

    private func withTwoProviders(
        _ test: (TestDaemon, _ other: ScriptedProvider) async throws -> Void
    ) async throws {
        let other = ScriptedProvider(name: .other)
        var setup = Setup()
        setup.otherProvider = other
        try await withDaemon(ScriptedProvider(), setup) { try await test($0, other) }
    }

    @Test("one that answers nothing holds up neither the other's jobs nor any read, whatever it is asked")
    func oneStalls() async throws {
        try await withTwoProviders { daemon, other in
            let library = try await daemon.prepareLibrary()
            // Far more jobs than places, all of which hold the place that they have.
            let operations: [ScriptedProvider.Operation] = [.upload, .createJob, .job]
            for operation in operations {
                for _ in 0..<20 { await daemon.provider.script(operation, .holdBefore(gate)) }
            }
            var stalled: [ObjectID] = []
            for number in 0..<20 {
                stalled.append(try await daemon.order(library.connection.id, alias: "stalled \(number)").id)
            }
            await gate.reached()
            for number in 0..<5 {
                let ordered = try await daemon.order(library.connection.id, alias: "other \(number)", from: .other)
                #expect(try await daemon.end(of: ordered.id).status == .succeeded)
            }
            #expect(await other.jobs.count == 5)
            #expect(try await daemon.read(stalled[0]).status == .queued)
            gate.open()
            for id in stalled { #expect(try await daemon.end(of: id).status == .succeeded) }
            #expect(await daemon.provider.jobs.count == 20)
        }
    }

    @Test("the breaker of one that is down does not open for the other")
    func oneIsDown() async throws {
        try await withTwoProviders { daemon, other in
            let library = try await daemon.prepareLibrary()
            for _ in 0..<10 { await daemon.provider.script(.upload, .fail(.down)) }
            let ordered = try await daemon.order(library.connection.id, alias: "waits")
            try await daemon.wait(for: "waiting", of: ordered.id)
            let others = try await daemon.order(library.connection.id, alias: "goes on", from: .other)
            #expect(try await daemon.end(of: others.id).status == .succeeded)
            let health = try await daemon.client.call(Routes.status).providers
            #expect(health.map(\.name) == ["openai", "other"])
            #expect(health.last?.state == .healthy)
            _ = try await daemon.cancel(ordered.id)
        }
    }

    @Test("a connection's own key goes to OpenAI, and to no other provider")
    func keysStayApart() async throws {
        try await withTwoProviders { daemon, other in
            let key = "sk-proj-0123456789abcdefWXYZ"
            let library = try await daemon.prepareLibrary(key: key)
            for (alias, provider) in [("one", ProviderName.openAI), ("two", .other)] {
                let ordered = try await daemon.order(library.connection.id, alias: alias, from: provider)
                #expect(try await daemon.end(of: ordered.id).status == .succeeded)
            }
            #expect(await daemon.provider.accounts == [.own(Secret(key), of: library.connection.id)])
            #expect(await other.accounts == [.daemon])
        }
    }

    @Test("what all jobs may take up of each is told")
    func limitsAreTold() async throws {
        try await withTwoProviders { daemon, _ in
            let limits = try await daemon.client.call(Routes.status).limits.providers
            #expect(
                limits
                    == ["openai", "other"].map {
                        ProviderLimits(name: $0, requestsPerSecond: 50, connections: 8, jobsAtATime: 4)
                    })
        }
    }
}
