import FinetuneAPI
import FoundationEssentials
import LineTransport

extension Session {
    /// Longer than a restart of the daemon takes; whoever waits for a prompt is told in the meantime.
    private static let patience = Duration.seconds(15)

    /// Sends a request and waits for the reply, longer if the user has sent as many as a second allows.
    func send(_ request: Request) async throws -> Reply {
        var waited = Duration.zero
        while true {
            let reply = try await sendOnce(request)
            guard let pause = reply.quotaPause, waited < Self.patience else { return reply }
            try await Task.sleep(for: pause)
            waited += pause
        }
    }

    /// Sends a request and tells each line of the reply, the last one included. It waits, and sends again, as `send` does;
    /// a reply that broke off after its first line is not asked for again.
    func send(_ request: Request, telling line: (Reply) async throws -> Void) async throws {
        var waited = Duration.zero
        while true {
            var pause: Duration?
            try await tellLines(of: request) { reply in
                pause = waited < Self.patience ? reply.quotaPause : nil
                if pause == nil { try await line(reply) }
            }
            guard let pause else { return }
            try await Task.sleep(for: pause)
            waited += pause
        }
    }

    private func tellLines(of request: Request, _ line: (Reply) async throws -> Void) async throws {
        var request = request
        if request.method == .post { request.idempotencyKey = UUID().uuidString }
        var isAnswered = false
        do {
            for try await reply in client.stream(request) {
                isAnswered = true
                try await line(reply)
            }
        } catch ClientError.connectionLost where [.get, .post].contains(request.method) && !isAnswered {
            try await again { for try await reply in $0.stream(request) { try await line(reply) } }
        }
    }

    /// A `GET` changes nothing, and a `POST` carries an idempotency key of its own. So one whose connection broke before
    /// the reply came is sent again, once, without the danger that it is carried out twice.
    private func sendOnce(_ request: Request) async throws -> Reply {
        var request = request
        switch request.method {
        case .get: break
        case .post: request.idempotencyKey = UUID().uuidString
        case .put, .delete: return try await client.send(request)
        }
        do {
            return try await client.send(request)
        } catch ClientError.connectionLost {
            return try await sendAgain(request)
        }
    }

    /// Sends a request whose body is JSON already, and does not wait for the reply. Requests leave in the order of
    /// these calls.
    func begin(_ request: Request, body: [UInt8]) -> PendingReply {
        var request = request
        request.idempotencyKey = UUID().uuidString
        return PendingReply(request: request, body: body, replies: client.stream(request, body: body))
    }

    /// The reply to such a request, which is sent again, once, if its connection broke.
    func reply(to pending: PendingReply) async throws -> Reply {
        do {
            return try await pending.replies.only
        } catch ClientError.connectionLost {
            return try await again { try await $0.stream(pending.request, body: pending.body).only }
        }
    }

    private func sendAgain(_ request: Request) async throws -> Reply {
        try await again { try await $0.send(request) }
    }

    private func again<Value: Sendable>(_ ask: (FinetuneClient) async throws -> Value) async throws -> Value {
        await console.note("The connection broke; asking again.")
        let client = try await newConnection()
        do {
            let value = try await ask(client)
            await client.close()
            return value
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

extension FinetuneClient {
    fileprivate func send(_ request: Request) async throws -> Reply {
        try await send(
            request.method, request.path, body: request.body, idempotencyKey: request.idempotencyKey)
    }

    fileprivate func stream(_ request: Request) -> ReplyStream {
        stream(request.method, request.path, body: request.body, idempotencyKey: request.idempotencyKey)
    }
}

/// A request that was sent, and its reply, which may have come or not.
struct PendingReply: Sendable {
    fileprivate let request: Request
    fileprivate let body: [UInt8]
    fileprivate let replies: ReplyStream
}

extension ReplyStream {
    /// The reply of a route that answers with one line.
    fileprivate var only: Reply {
        get async throws {
            for try await reply in self { return reply }
            throw ClientError.connectionLost
        }
    }
}
