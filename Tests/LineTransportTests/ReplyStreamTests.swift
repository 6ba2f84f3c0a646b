import FinetuneAPI
import Identifiers
import LineTransport
import NIOCore
import Testing

@Suite("Streams of a client", .timeLimit(.minutes(10)))
struct ReplyStreamTests {
    private let job = ObjectID(seconds: 1, suffix: 2)

    @Test("a stream brings every partial line and then the last, while other requests go on")
    func wholeStream() async throws {
        try await withClient { client, daemon, _ in
            let stream = client.stream(.get, "/events")
            let arrival = await daemon.next()
            for number in 1...3 { arrival.reply(206, .number(JSONNumber(number))) }
            async let other = client.send(.get, "/other")
            await daemon.next().reply(200)
            let answer = try await other
            #expect(answer.status == 200)
            arrival.reply(200, "end")
            var bodies: [JSONValue] = []
            for try await reply in stream { bodies.append(reply.body) }
            #expect(bodies == [1, 2, 3, "end"])
        }
    }

    @Test("a stream far longer than its reader's lag allows arrives whole, in order")
    func backPressure() async throws {
        try await withClient { client, daemon, _ in
            let stream = client.stream(.get, "/events")
            let arrival = await daemon.next()
            async let sending: Void = {
                for number in 0..<20_000 {
                    try await arrival.connection.waitUntilWritable()
                    arrival.reply(206, .number(JSONNumber(number)))
                }
                arrival.reply(200)
            }()
            var expected = 0
            for try await reply in stream where reply.isPartial {
                guard reply.body.integer == expected else { break }
                expected += 1
            }
            #expect(expected == 20_000)
            try await sending
        }
    }

    @Test("leaving the loop ends the stream at the daemon")
    func leavingTheLoop() async throws {
        try await withClient { client, daemon, _ in
            try await readOne(of: client.stream(.get, "/events"), from: daemon)
            let end = await daemon.next().request
            #expect(end.method == .delete)
            #expect(end.path == "/api/v1/requests/1")
        }
    }

    private func readOne(of stream: ReplyStream, from daemon: DaemonDouble) async throws {
        await daemon.next().reply(206, 1)
        for try await reply in stream {
            #expect(reply.body == 1)
            break
        }
    }

    @Test("cancelling the reader ends the stream at the daemon, and what still comes is dropped")
    func cancellation() async throws {
        try await withClient { client, daemon, _ in
            let reader = Task {
                for try await _ in client.stream(.get, "/events") {}
            }
            let arrival = await daemon.next()
            reader.cancel()
            await #expect(throws: CancellationError.self) { try await reader.value }
            let end = await daemon.next()
            #expect(end.request.method == .delete)
            #expect(end.request.path == "/api/v1/requests/\(arrival.request.id.pathText)")
            arrival.reply(206)
            arrival.reply(499)
            end.reply(200)
            async let reply = client.send(.get, "/other")
            await daemon.next().reply(200)
            let answer = try await reply
            #expect(answer.status == 200)
        }
    }

    @Test("a stream whose connection is lost gives what came, then says so")
    func connectionLost() async throws {
        try await withClient { client, daemon, _ in
            let stream = client.stream(.get, "/events")
            let arrival = await daemon.next()
            arrival.reply(206, 1)
            arrival.connection.close()
            let lines = stream.makeAsyncIterator()
            let first = try await lines.next()
            #expect(first?.body == 1)
            await #expect(throws: ClientError.connectionLost) { try await lines.next() }
            let later = client.stream(.get, "/events").makeAsyncIterator()
            await #expect(throws: ClientError.connectionLost) { try await later.next() }
        }
    }

    @Test("a typed stream gives its route's elements and the body of its last line")
    func typedStream() async throws {
        try await withClient { client, daemon, _ in
            let stream = try client.stream(Routes.finetuningEvents, job, query: EventsQuery(after: 4, follow: true))
            let arrival = await daemon.next()
            #expect(arrival.request.path == "/api/v1/finetunings/\(job)/events?after=4&follow=true")
            arrival.reply(206, event(5))
            arrival.reply(206, event(6))
            arrival.reply(200, ["last_sequence": 6, "status": "succeeded"])
            var sequences: [Int] = []
            var end: JSONValue?
            for try await element in stream {
                switch element {
                case .response(let event): sequences.append(event.sequence)
                case .end(let body): end = body
                }
            }
            #expect(sequences == [5, 6])
            #expect(end?["status"] == "succeeded")
        }
    }

    @Test("a typed stream that the daemon breaks off throws its refusal")
    func brokenOffStream() async throws {
        try await withClient { client, daemon, _ in
            let stream = try client.stream(Routes.finetuningEvents, job, query: EventsQuery(follow: true))
            let arrival = await daemon.next()
            arrival.reply(206, event(1))
            arrival.reply(
                409,
                ["error_code": "stream_lagged", "message": "lagged", "description": "resume", "detail": ["after": 1]])
            let elements = stream.makeAsyncIterator()
            _ = try await elements.next()
            await #expect { try await elements.next() } throws: { $0.refusal?.detail["after"] == 1 }
        }
    }

    private func event(_ sequence: Int) -> JSONValue {
        [
            "sequence": .number(JSONNumber(sequence)), "created_at": "2023-12-13T17:35:53.263485",
            "event": "status_changed", "level": "info", "message": "m", "detail": [:],
        ]
    }
}
