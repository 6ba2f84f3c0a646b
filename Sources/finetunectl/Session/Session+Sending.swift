import FinetuneAPI
import FoundationEssentials
import LineTransport

extension Session {
    /// Longer than a restart of the daemon takes; whoever waits for a prompt is told in the meantime.
    private static let patience = Duration.seconds(15)

    /// Sends a request and waits for its reply; of a stream, for the last line.
    func send(_ request: Request) async throws -> Reply {
        try await reply(to: begin(request)).reply
    }

    /// Sends a request, and hands on each line of the reply as it comes.
    func send(_ request: Request, _ take: (Reply) async throws -> Void) async throws {
        _ = try await receive(begin(request), take)
    }

    /// Sends a request whose body is JSON already, and does not wait for the reply. Requests leave in the order of
    /// these calls.
    func begin(_ request: Request, body: [UInt8]) -> PendingReply {
        let request = request.withOwnKey
        return PendingReply(isRepeatable: request.isRepeatable, on: client) { $0.stream(request, body: body) }
    }

    private func begin(_ request: Request) -> PendingReply {
        let request = request.withOwnKey
        return PendingReply(isRepeatable: request.isRepeatable, on: client) { client in
            client.stream(
                request.method, request.path, body: request.body, idempotencyKey: request.idempotencyKey)
        }
    }

    /// The reply to such a request.
    func reply(to pending: PendingReply) async throws -> ReceivedReply {
        var last: Reply?
        let wasOneTooMany = try await receive(pending) { last = $0 }
        guard let last else { throw ClientError.connectionLost }
        return ReceivedReply(reply: last, wasOneTooMany: wasOneTooMany)
    }

    /// A `GET` changes nothing, and a `POST` carries an idempotency key of its own. So one whose connection broke before
    /// anything of its reply came is sent again, once, without the danger that it is carried out twice.
    private func receive(_ pending: PendingReply, _ take: (Reply) async throws -> Void) async throws -> Bool {
        var hasBegun = false
        do {
            return try await receive(pending, pending.replies, on: client) { reply in
                hasBegun = true
                try await take(reply)
            }
        } catch ClientError.connectionLost where pending.isRepeatable && !hasBegun {
            await tellOfLoss()
            return try await withNewConnection { try await receive(pending, pending.ask($0), on: $0, take) }
        }
    }

    // Once for all requests that were under way on a connection.
    private func tellOfLoss() async {
        guard loss.isNews() else { return }
        await console.note("The connection broke; asking again.")
    }

    // Asks again, as long as the user has sent as many requests as a second allows; returns whether that was so.
    private func receive(
        _ pending: PendingReply, _ first: ReplyStream, on client: FinetuneClient,
        _ take: (Reply) async throws -> Void
    ) async throws -> Bool {
        var waited = Duration.zero
        var replies = first
        while let pause = try await handOn(replies, mayWait: waited < Self.patience, take) {
            try await Task.sleep(for: pause)
            waited += pause
            replies = pending.ask(client)
        }
        return waited > .zero
    }

    // Returns how long to wait instead, if the request was one too many.
    private func handOn(
        _ replies: ReplyStream, mayWait: Bool, _ take: (Reply) async throws -> Void
    ) async throws -> Duration? {
        var mayWait = mayWait
        for try await reply in replies {
            if mayWait, let pause = reply.quotaPause { return pause }
            mayWait = false
            try await take(reply)
        }
        return nil
    }

    private func withNewConnection<Result>(_ body: (FinetuneClient) async throws -> Result) async throws -> Result {
        let client = try await newConnection()
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    // Nobody knows whether the request was carried out, so that, and not the last refusal to connect, is the error.
    private func newConnection() async throws -> FinetuneClient {
        var outage = Outage(patience: Self.patience)
        while true {
            if let client = try await answering() { return client }
            guard let delay = outage.delay() else { throw ClientError.connectionLost }
            try await Task.sleep(for: delay)
        }
    }

    private func answering() async throws -> FinetuneClient? {
        do {
            return try await FinetuneClient.connect(toUnixSocket: socket)
        } catch {
            guard case .unreachable = error else { throw error }
            return nil
        }
    }
}

extension Reply {
    /// How long to wait before a request is sent again that was one too many.
    fileprivate var quotaPause: Duration? {
        guard status == ErrorCode.tooManyRequests.status, case .number(let seconds)? = body["detail"]?["retry_after"]
        else { return nil }
        return .seconds(min(seconds.double, 1))
    }
}

extension Request {
    /// Whether it may be sent twice and is carried out once at most, or changes nothing.
    fileprivate var isRepeatable: Bool { method == .get || idempotencyKey != nil }

    /// The same, and a `POST` with an idempotency key of its own.
    fileprivate var withOwnKey: Request {
        guard method == .post else { return self }
        var request = self
        request.idempotencyKey = UUID().uuidString
        return request
    }
}

/// The last line of a reply.
struct ReceivedReply: Sendable {
    let reply: Reply
    /// Whether the request was one too many for its second, and so came in later than it was begun.
    let wasOneTooMany: Bool
}

/// A request that was sent, and its reply, which may have come or not.
struct PendingReply: Sendable {
    fileprivate let isRepeatable: Bool
    fileprivate let ask: @Sendable (FinetuneClient) -> ReplyStream
    fileprivate let replies: ReplyStream

    fileprivate init(
        isRepeatable: Bool, on client: FinetuneClient, _ ask: @escaping @Sendable (FinetuneClient) -> ReplyStream
    ) {
        self.isRepeatable = isRepeatable
        self.ask = ask
        replies = ask(client)
    }
}
