public import FinetuneAPI

extension FinetuneClient {
    /// Asks for what a route gives: its path's parameter, its query and its body are typed, and so is the answer.
    ///
    /// Throws `ClientError.refused` if the daemon refuses.
    public func call<Parameter, Query, Body, Response>(
        _ route: Route<Parameter, Query, Body, Response>, _ parameter: Parameter, query: Query, body: Body
    ) async throws -> Response {
        let request = try route.request(parameter, query: query, body: body)
        return try await send(request.method, request.path, body: request.body).response()
    }

    /// Asks for the stream that a route gives.
    public func stream<Parameter, Query, Response>(
        _ route: Route<Parameter, Query, Nothing, Response>, _ parameter: Parameter, query: Query
    ) throws -> ResponseStream<Response> {
        let request = try route.request(parameter, query: query, body: Nothing())
        return ResponseStream(replies: stream(request.method, request.path, body: request.body))
    }
}

// MARK: - Routes that take less

extension FinetuneClient {
    /// Asks for what a route gives that takes nothing.
    public func call<Response>(_ route: Route<Nothing, Nothing, Nothing, Response>) async throws -> Response {
        try await call(route, Nothing(), query: Nothing(), body: Nothing())
    }

    /// Asks for what a route gives that takes a query alone.
    public func call<Query, Response>(
        _ route: Route<Nothing, Query, Nothing, Response>, query: Query
    ) async throws -> Response {
        try await call(route, Nothing(), query: query, body: Nothing())
    }

    /// Asks for what a route gives that takes a body alone.
    public func call<Body, Response>(
        _ route: Route<Nothing, Nothing, Body, Response>, body: Body
    ) async throws -> Response {
        try await call(route, Nothing(), query: Nothing(), body: body)
    }

    /// Asks for what a route gives that takes a parameter in its path alone.
    public func call<Parameter, Response>(
        _ route: Route<Parameter, Nothing, Nothing, Response>, _ parameter: Parameter
    ) async throws -> Response {
        try await call(route, parameter, query: Nothing(), body: Nothing())
    }

    /// Asks for what a route gives that takes a parameter in its path and a query.
    public func call<Parameter, Query, Response>(
        _ route: Route<Parameter, Query, Nothing, Response>, _ parameter: Parameter, query: Query
    ) async throws -> Response {
        try await call(route, parameter, query: query, body: Nothing())
    }

    /// Asks for what a route gives that takes a parameter in its path and a body.
    public func call<Parameter, Body, Response>(
        _ route: Route<Parameter, Nothing, Body, Response>, _ parameter: Parameter, body: Body
    ) async throws -> Response {
        try await call(route, parameter, query: Nothing(), body: body)
    }

    /// Asks for the stream of a route that takes a parameter in its path alone.
    public func stream<Parameter, Response>(
        _ route: Route<Parameter, Nothing, Nothing, Response>, _ parameter: Parameter
    ) throws -> ResponseStream<Response> {
        try stream(route, parameter, query: Nothing())
    }
}

// MARK: - Reading replies

extension Reply {
    /// The body as what its route gives; the refusal is thrown if it is one.
    public func response<Response: Decodable>(_ type: Response.Type = Response.self) throws(ClientError) -> Response {
        guard status < 400 else { throw refusal }
        do throws(APIError) {
            return try WireDecoder(ignoresUnknownKeys: true).decode(Response.self, from: body)
        } catch {
            throw .malformedReply(error.message)
        }
    }

    private var refusal: ClientError {
        do throws(APIError) {
            return .refused(
                status: status, try WireDecoder(ignoresUnknownKeys: true).decode(APIError.self, from: body))
        } catch {
            return .malformedReply("status \(status) without a readable error: \(error.message)")
        }
    }
}

extension ClientError {
    init(_ end: ConnectionEnd) {
        switch end {
        case .closed: self = .connectionLost
        case .unreadable: self = .malformedReply("it starts like no reply of this protocol")
        case .refused(let line): self = ClientError(refusal: line)
        }
    }

    private init(refusal line: ReplyLine) {
        do throws(ClientError) {
            _ = try Reply(line).response(JSONValue.self)
            self = .connectionLost
        } catch {
            self = error
        }
    }

    func isUnreachable(because reason: String) -> Bool {
        if case .unreachable(_, reason) = self { true } else { false }
    }
}
