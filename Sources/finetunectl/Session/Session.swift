import FinetuneAPI
import LineTransport
import Synchronization

/// One command's conversation with the daemon.
struct Session: Sendable {
    /// The connection.
    let client: FinetuneClient
    /// Where the daemon answered.
    let socket: String
    /// Where results and remarks go.
    let console: Console
    /// Whether results are JSON.
    let wantsJSON: Bool
    /// Whether the connection broke, and the user knows.
    let loss = ConnectionLoss()

    /// What the streams are connected to.
    var terminal: Terminal { console.terminal }

    /// Connects to the first of the location's sockets that answers.
    static func open(_ location: SocketLocation, console: Console, wantsJSON: Bool) async throws -> Session {
        var attempts: [DaemonUnreachable.Attempt] = []
        for path in location.paths {
            do {
                let client = try await FinetuneClient.connect(toUnixSocket: path)
                return Session(client: client, socket: path, console: console, wantsJSON: wantsJSON)
            } catch ClientError.unreachable(let path, let reason) {
                attempts.append(.init(at: path, reason: reason))
            }
        }
        throw DaemonUnreachable(attempts: attempts)
    }

    /// The same session over a new connection to the same socket.
    func reconnected() async throws -> Session {
        await close()
        return try await Self.open(.chosen(socket), console: console, wantsJSON: wantsJSON)
    }

    /// Closes the connection.
    func close() async {
        await client.close()
    }
}

/// A connection that broke, as the user is told of it.
final class ConnectionLoss: Sendable {
    private let isTold = Mutex(false)

    /// Whether nobody was told yet.
    func isNews() -> Bool {
        isTold.withLock { told in
            defer { told = true }
            return !told
        }
    }
}

/// A reply that is no refusal: its body as it came, and what it says.
struct Answer<Response: Codable & Sendable>: Sendable {
    let body: JSONValue
    let response: Response
}

// MARK: - Asking

extension Session {
    /// Asks for what a route gives; a refusal is thrown.
    func ask<Parameter, Query, Body, Response>(
        _ route: Route<Parameter, Query, Body, Response>, _ parameter: Parameter, query: Query, body: Body
    ) async throws -> Answer<Response> {
        let request = try route.request(parameter, query: query, body: body)
        let reply = try await send(request)
        return Answer(body: reply.body, response: try reply.response())
    }

    /// Asks a route that takes nothing.
    func ask<Response>(_ route: Route<Nothing, Nothing, Nothing, Response>) async throws -> Answer<Response> {
        try await ask(route, Nothing(), query: Nothing(), body: Nothing())
    }

    /// Asks a route that takes a query alone.
    func ask<Query, Response>(
        _ route: Route<Nothing, Query, Nothing, Response>, query: Query
    ) async throws -> Answer<Response> {
        try await ask(route, Nothing(), query: query, body: Nothing())
    }

    /// Asks a route that takes a body alone.
    func ask<Body, Response>(
        _ route: Route<Nothing, Nothing, Body, Response>, body: Body
    ) async throws -> Answer<Response> {
        try await ask(route, Nothing(), query: Nothing(), body: body)
    }

    /// Asks a route that takes a parameter alone.
    func ask<Parameter, Response>(
        _ route: Route<Parameter, Nothing, Nothing, Response>, _ parameter: Parameter
    ) async throws -> Answer<Response> {
        try await ask(route, parameter, query: Nothing(), body: Nothing())
    }

    /// Asks a route that takes a parameter and a body.
    func ask<Parameter, Body, Response>(
        _ route: Route<Parameter, Nothing, Body, Response>, _ parameter: Parameter, body: Body
    ) async throws -> Answer<Response> {
        try await ask(route, parameter, query: Nothing(), body: body)
    }
}

// MARK: - Answering

extension Session {
    /// Prints an answer: its body as JSON if that is wanted, else what `text` makes of it for people.
    func show<Response>(
        _ answer: Answer<Response>, _ text: (Response, Terminal) -> String
    ) async throws {
        if wantsJSON {
            try await console.output(answer.body.text + "\n")
        } else {
            try await console.output(text(answer.response, terminal))
        }
    }

    /// Prints a refusal's body, so that with `--json` there is one document in any case.
    func outputRefusal(_ error: any Error) async throws {
        guard case ClientError.refused(_, let refusal) = error else { return }
        let body = try WireEncoder().encode(refusal)
        try await console.output(body + [UInt8(ascii: "\n")])
    }
}
