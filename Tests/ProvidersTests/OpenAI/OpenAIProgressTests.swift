import Identifiers
import Jobs
import Providers
import Testing

@Suite("Progress at OpenAI")
struct OpenAIProgressTests {
    private let job = ProviderJobID(rawValue: "ftjob-1")

    private static func listing(_ request: TestServer.Received) -> TestServer.Reply {
        request.query.contains("after=e4")
            ? ContractReplies.page([ContractReplies.event("e3"), ContractReplies.event("e2")], hasMore: false)
            : ContractReplies.page([ContractReplies.event("e5"), ContractReplies.event("e4")], hasMore: true)
    }

    @Test(
        "events come oldest first, those after the last one known",
        arguments: [
            (nil, ["e2", "e3", "e4", "e5"], 2), ("e3", ["e4", "e5"], 2), ("e4", ["e5"], 1), ("e5", [], 1),
            ("gone", ["e2", "e3", "e4", "e5"], 2),
        ] as [(String?, [String], Int)])
    func events(last: String?, expected: [String], calls: Int) async throws {
        try await withProvider(script: Self.listing) { server, provider in
            let events = try await provider.events(
                of: job, after: last.map(ProviderEventID.init(rawValue:)), as: .daemon)
            #expect(events.map(\.id.rawValue) == expected)
            #expect(server.received.count == calls)
            #expect(server.received[0].path == "/v1/fine_tuning/jobs/ftjob-1/events")
        }
    }

    @Test("an event keeps its level, its time, and of its data the numbers")
    func metrics() async throws {
        let data = #"{"step":10,"train_loss":0.25,"valid_loss":null,"name":"x","list":[1],"flag":true}"#
        try await withProvider { _ in
            ContractReplies.page([
                ContractReplies.event("e2", level: "warn", data: data), ContractReplies.event("e1", data: "null"),
            ])
        } _: { server, provider in
            let events = try await provider.events(of: job, after: nil, as: .daemon)
            #expect(events.map(\.level) == [.info, .warning])
            #expect(events.map(\.metrics) == [[:], ["step": 10, "train_loss": 0.25]])
            #expect(events.map(\.message) == ["message of e1", "message of e2"])
            #expect(events[0].at == Timestamp("2023-11-14T22:13:20"))
        }
    }

    @Test("what cannot be read of an event hides none of the others, and a time that no calendar has is the nearest")
    func oddEvents() async throws {
        try await withProvider { request in
            request.query.contains("after=e3")
                ? ContractReplies.page([
                    ContractReplies.event("e2", createdAt: .min), ContractReplies.event("e1", createdAt: .max),
                ])
                : ContractReplies.page(
                    [
                        #"{"id":"e5","created_at":1700000000,"message":"without a level"}"#, #"{"id":"e4","level":7}"#,
                        "17", #"{"id":"e3","created_at":"soon","level":"info","message":"m"}"#,
                    ], hasMore: true)
        } _: { server, provider in
            let events = try await provider.events(of: job, after: nil, as: .daemon)
            #expect(events.map(\.id.rawValue) == ["e1", "e2", "e5"])
            #expect(
                events.prefix(2).map(\.at.description) == ["9999-12-31T23:59:59.000000", "0001-01-01T00:00:00.000000"])
            #expect(events.last?.level == .info)
        }
    }

    @Test("a checkpoint after no step that there can be is left out")
    func oddCheckpoints() async throws {
        try await withProvider { _ in
            ContractReplies.page([
                ContractReplies.checkpoint("c3", step: -1), #"{"id":"c2"}"#, ContractReplies.checkpoint("c1", step: 10),
            ])
        } _: { server, provider in
            let checkpoints = try await provider.checkpoints(of: job, as: .daemon)
            #expect(checkpoints.map(\.step) == [10])
        }
    }

    @Test("checkpoints come by step, over all pages")
    func checkpoints() async throws {
        try await withProvider { request in
            request.query.contains("after=c2")
                ? ContractReplies.page([ContractReplies.checkpoint("c1", step: 10)])
                : ContractReplies.page([ContractReplies.checkpoint("c2", step: 20)], hasMore: true)
        } _: { server, provider in
            let checkpoints = try await provider.checkpoints(of: job, as: .daemon)
            #expect(checkpoints.map(\.step) == [10, 20])
            #expect(checkpoints[0].model == "ft:gpt-4o-mini:org::c1")
            #expect(checkpoints[0].metrics == ["step": 10, "train_loss": 0.5])
            #expect(server.received[0].path == "/v1/fine_tuning/jobs/ftjob-1/checkpoints")
        }
    }
}
