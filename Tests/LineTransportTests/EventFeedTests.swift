import FinetuneAPI
import Identifiers
import LineTransport
import NIOCore
import Testing

@Suite("A feed of events", .timeLimit(.minutes(10)))
struct EventFeedTests {
    private let job = ObjectID(seconds: 1, suffix: 2)

    /// What came of a feed: the numbers of its events, how often it was interrupted, and its last line.
    private struct Outcome {
        var numbers: [Int] = []
        var interruptions = 0
        var end: JSONValue?
    }

    private func outcome(of feed: EventFeed<FinetuningEvent>) async throws -> Outcome {
        var outcome = Outcome()
        for try await element in feed {
            switch element {
            case .event(let event, let body):
                #expect(body["unknown"] == "kept")
                outcome.numbers.append(event.sequence)
            case .interrupted: outcome.interruptions += 1
            case .end(let body): outcome.end = body
            }
        }
        return outcome
    }

    private func event(_ sequence: Int) -> JSONValue {
        [
            "sequence": .number(JSONNumber(sequence)), "created_at": "2023-12-13T17:35:53.263485",
            "event": "status_changed", "level": "info", "message": "m", "detail": [:], "unknown": "kept",
        ]
    }

    private func refusal(_ code: String) -> JSONValue {
        ["error_code": .string(code), "message": "m", "description": "d", "detail": [:]]
    }

    @Test("asks again after its last event when the connection breaks, the daemon ends or the reader lagged")
    func resumes() async throws {
        try await withClient { _, daemon, path in
            async let reading = outcome(of: EventFeed(of: job, after: 4, at: .chosen(path)))
            let ends: [(Int, (DaemonDouble.Arrival) -> Void)] = [
                (5, { $0.connection.close() }), (6, { $0.reply(503, refusal("shutting_down")) }),
                (7, { $0.reply(409, refusal("stream_lagged")) }),
                (8, { $0.reply(429, refusal("too_many_requests")) }),
                (9, { $0.reply(200, ["last_sequence": 9, "status": "succeeded"]) }),
            ]
            for (number, end) in ends {
                let arrival = await daemon.next()
                #expect(arrival.request.path == "/api/v1/finetunings/\(job)/events?after=\(number - 1)&follow=true")
                arrival.reply(206, event(number))
                end(arrival)
            }
            let outcome = try await reading
            #expect(outcome.numbers == [5, 6, 7, 8, 9])
            // A reader that lagged is told nothing: its daemon is there.
            #expect(outcome.interruptions == 3)
            #expect(outcome.end?["status"] == "succeeded")
        }
    }

    @Test("tells each outage and waits for it anew, though no event came between two of them")
    func quietOutages() async throws {
        try await withClient { _, daemon, path in
            let feed = EventFeed<FinetuningEvent>(
                at: .chosen(path), patience: .milliseconds(1), settling: .zero
            ) { after in
                let query = EventsQuery(after: after, follow: true)
                return try Routes.finetuningEvents.request(job, query: query, body: Nothing())
            }
            async let reading = outcome(of: feed)
            for _ in 1...5 { await daemon.next().connection.close() }
            await daemon.next().reply(200, ["last_sequence": 0, "status": "succeeded"])
            let outcome = try await reading
            #expect(outcome.interruptions == 5)
        }
    }

    @Test("that was refused is not asked again")
    func refused() async throws {
        try await withClient { _, daemon, path in
            let reading = Task { try await outcome(of: EventFeed(of: job, at: .chosen(path))) }
            await daemon.next().reply(404, refusal("finetuning_not_found"))
            await #expect { try await reading.value } throws: { $0.refusal?.code == .finetuningNotFound }
        }
    }

    @Test("of a daemon that was never there, or that stays away, says so")
    func unreachable() async throws {
        await #expect(throws: ClientError.self) {
            try await outcome(of: EventFeed(of: job, at: .chosen("/nonexistent/socket")))
        }
        try await withClient { _, daemon, path in
            let reading = Task { try await outcome(of: EventFeed(of: job, at: .chosen(path), patience: .zero)) }
            let arrival = await daemon.next()
            arrival.reply(206, event(1))
            arrival.connection.close()
            await #expect(throws: ClientError.connectionLost) { try await reading.value }
        }
    }
}
