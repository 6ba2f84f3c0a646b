import FinetuneAPI
import Glibc
import Identifiers
import LineTransport
import Testing

@Suite("Client", .timeLimit(.minutes(10)))
struct FinetuneClientTests {
    @Test("a request arrives as it was sent, and its reply is what the daemon answered, a refusal included")
    func roundTrip() async throws {
        try await withClient { client, daemon, _ in
            async let reply = client.send(.post, "/api/v1/things?page=2", body: ["text": "a\nb", "number": 1])
            let arrival = await daemon.next()
            #expect(arrival.request.method == .post)
            #expect(arrival.request.path == "/api/v1/things?page=2")
            #expect(arrival.request.body == ["text": "a\nb", "number": 1])
            arrival.reply(404, ["error_code": "unknown_route"])
            let answer = try await reply
            #expect(answer.status == 404)
            #expect(answer.body == ["error_code": "unknown_route"])
        }
    }

    @Test("many callers share one connection, and each gets the reply to its own request, in whatever order")
    func pipelining() async throws {
        var limits = LineLimits()
        limits.requestsInFlight = 1_000
        try await withClient(limits: limits) { client, daemon, _ in
            try await withThrowingTaskGroup(of: (asked: Int, answered: Int?).self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let reply = try await client.send(.get, "/\(number)")
                        return (number, reply.body["number"]?.integer)
                    }
                }
                var arrivals: [DaemonDouble.Arrival] = []
                while arrivals.count < 500 { arrivals.append(await daemon.next()) }
                for arrival in arrivals.shuffled() {
                    arrival.reply(200, ["number": JSONValue(integerLiteral: Int(arrival.request.path.dropFirst())!)])
                }
                for try await (asked, answered) in group {
                    #expect(asked == answered)
                }
            }
        }
    }

    @Test("a typed call sends what its route says and reads the answer, unknown keys included")
    func typedCall() async throws {
        try await withClient { client, daemon, _ in
            async let heartbeat = client.call(Routes.heartbeat)
            let arrival = await daemon.next()
            #expect(arrival.request.path == "/api/v1/heartbeat")
            #expect(arrival.request.body == nil)
            arrival.reply(200, ["nanosecond heartbeat": 17, "news": true])
            let answer = try await heartbeat
            #expect(answer.nanoseconds == 17)
        }
    }

    @Test("a typed call that the daemon refuses throws the refusal; one that it answers with nonsense says so")
    func typedRefusal() async throws {
        try await withClient { client, daemon, _ in
            let refused = Task { try await client.call(Routes.readFinetuning, ObjectID(seconds: 1, suffix: 2)) }
            let body: JSONValue = [
                "error_code": "finetuning_not_found", "message": "no such", "description": "look",
                "detail": ["id": "x"],
            ]
            await daemon.next().reply(404, body)
            let error = APIError(.finetuningNotFound, "no such", remedy: "look", detail: ["id": "x"])
            await #expect(throws: ClientError.refused(status: 404, error)) { try await refused.value }

            let nonsense = Task { try await client.call(Routes.heartbeat) }
            await daemon.next().reply(200, ["beat": 1])
            await #expect { try await nonsense.value } throws: { $0.isMalformedReply }
        }
    }

    @Test("a request that is cancelled ends at once, and its late reply harms no other")
    func cancellation() async throws {
        try await withClient { client, daemon, _ in
            let cancelled = Task { try await client.send(.get, "/slow") }
            let slow = await daemon.next()
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            slow.reply(200, "late")
            async let reply = client.send(.get, "/quick")
            await daemon.next().reply(200, "quick")
            let answer = try await reply
            #expect(answer.body == "quick")
        }
    }

    @Test("a line over the daemon's limit is refused to the one who sent it")
    func tooLongLine() async throws {
        var limits = LineLimits()
        limits.lineBytes = 1_000
        try await withClient(limits: limits) { client, daemon, _ in
            async let short = client.send(.get, "/short")
            let arrival = await daemon.next()
            let long = try await client.send(.post, "/long", body: .string(String(repeating: "x", count: 2_000)))
            #expect(long.status == 413)
            arrival.reply(200)
            let answer = try await short
            #expect(answer.status == 200)
        }
    }

    @Test("when the connection is lost or closed, all who wait are told, and all who come later")
    func connectionLost() async throws {
        try await withClient { client, daemon, path in
            let waiting = Task { try await client.send(.get, "/") }
            await daemon.next().connection.close()
            await #expect(throws: ClientError.connectionLost) { try await waiting.value }
            await #expect(throws: ClientError.connectionLost) { try await client.send(.get, "/") }

            let other = try await FinetuneClient.connect(toUnixSocket: path)
            let asking = Task { try await other.send(.get, "/") }
            _ = await daemon.next()
            await other.close()
            await #expect(throws: ClientError.connectionLost) { try await asking.value }
        }
    }

    @Test("a daemon that turns the connection away is quoted")
    func refusedConnection() async throws {
        var limits = LineLimits()
        limits.connections = 1
        try await withClient(limits: limits) { client, daemon, path in
            async let first = client.send(.get, "/")
            await daemon.next().reply(200)
            _ = try await first
            let second = try await FinetuneClient.connect(toUnixSocket: path)
            await #expect { try await second.call(Routes.heartbeat) } throws: { $0.refusal?.code == .tooManyRequests }
            await #expect { try await second.send(.get, "/") } throws: { $0.refusal?.code == .tooManyRequests }
        }
    }

    @Test("a peer that does not speak the protocol is found out")
    func notADaemon() async throws {
        try await withListener { path, _, _ in
            let client = try await FinetuneClient.connect(toUnixSocket: path)
            await #expect { try await client.send(.get, "/") } throws: { $0.isMalformedReply }
        }
    }

    @Test("a socket on which nobody answers is unreachable, with the system's reason")
    func unreachable() async throws {
        await #expect(throws: ClientError.unreachable(path: "/tmp/no/socket", reason: "No such file or directory")) {
            _ = try await FinetuneClient.connect(toUnixSocket: "/tmp/no/socket")
        }
        let long = "/" + String(repeating: "x", count: 107)
        let tooLong = ClientError.unreachable(path: long, reason: "a socket's path has 1 to 107 bytes")
        await #expect(throws: tooLong) {
            _ = try await FinetuneClient.connect(toUnixSocket: long)
        }
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/other"
            close(open(path, O_CREAT | O_WRONLY, 0o600))
            let location = SocketLocation.usual(["/tmp/no/socket", path, "/tmp/no/other"])
            await #expect(throws: ClientError.unreachable(path: path, reason: "Connection refused")) {
                _ = try await FinetuneClient.connect(to: location)
            }
        }
    }

    @Test("the first socket of a location that answers is used")
    func location() async throws {
        try await withClient { _, daemon, path in
            let client = try await FinetuneClient.connect(to: .usual(["/tmp/no/socket", path]))
            async let reply = client.send(.get, "/")
            await daemon.next().reply(200)
            let answer = try await reply
            #expect(answer.status == 200)
        }
    }
}

extension Error {
    var isMalformedReply: Bool {
        if case ClientError.malformedReply? = self as? ClientError { true } else { false }
    }

    var refusal: APIError? {
        if case ClientError.refused(_, let error)? = self as? ClientError { error } else { nil }
    }
}
