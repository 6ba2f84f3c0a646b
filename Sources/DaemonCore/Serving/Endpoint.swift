import FinetuneAPI
import Identifiers

/// A route and what answers it, its types forgotten: what the router holds.
struct Endpoint: Sendable {
    /// Answers with the last line's body, or with nothing if that line has left already; lines before it go through the
    /// stream.
    typealias Answer = @Sendable (IncomingRequest, ReplyStream) async throws -> [UInt8]?
    /// Answers at once, on the event loop, or not at all.
    typealias ImmediateAnswer = @Sendable (IncomingRequest) -> [UInt8]?
    /// Answers a request on the event loop, as far as nothing has to be waited for. `false` if it cannot: then nothing was
    /// done. Otherwise the end is told later, once, from another thread, after the last line was sent if it went well.
    typealias PromptAnswer = @Sendable (IncomingRequest, ReplyStream, @escaping PromptEnd) -> Bool
    /// How a request ended that was answered promptly, and what is left to do.
    typealias PromptEnd = @Sendable (Result<(@Sendable () async -> Void)?, any Error>) -> Void

    let signature: RouteSignature
    let answer: Answer
    let immediateAnswer: ImmediateAnswer?
    /// Takes the ids of what a request adds, on the event loop and so in the order in which requests came: those of
    /// one connection are answered in any.
    var reserveIDs: (@Sendable (IncomingRequest) -> ObjectIDBlock)?
    /// What is tried first with a short request.
    var promptAnswer: PromptAnswer?
    /// Where a request is answered, if not by the threads that all share: see `Route.answered(numberingBy:on:)`.
    var executor: (@Sendable (IncomingRequest) -> (any TaskExecutor)?)?

    /// The status of the last line.
    var status: Int { signature.replies.lastStatus }
}

/// So many things are added before it is worth while to decode them elsewhere.
private let littleToAdd = 16

/// A request that found its route, before its parts are decoded.
struct IncomingRequest: Sendable {
    let parameter: String?
    let query: JSONObject
    let body: JSONValue?
    let caller: Caller
    var idempotencyKey: String?
    /// What the endpoint's `reserveIDs` took.
    var ids: ObjectIDBlock?
    /// Where the reply is to be kept, once the request was found to be no repetition.
    var ticket: ReplyTicket?
}

/// A request whose parts have the types of its route.
struct Call<Parameter: Sendable, Query: Sendable, Body: Sendable>: Sendable {
    let parameter: Parameter
    let query: Query
    let body: Body
    let caller: Caller
    var ticket: ReplyTicket?
    var ids: ObjectIDBlock?
}

extension Route {
    /// The route, answered with one line.
    func answered(
        immediately: Endpoint.ImmediateAnswer? = nil,
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            signature: signature,
            answer: { request, _ in try WireEncoder().encode(try await handler(Self.call(request))) },
            immediateAnswer: immediately)
    }

    /// The route, answered with one line that the handler writes as JSON by itself.
    func answeredInJSON(
        immediately: @escaping Endpoint.ImmediateAnswer,
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>) async throws -> [UInt8]
    ) -> Endpoint {
        Endpoint(
            signature: signature, answer: { request, _ in try await handler(Self.call(request)) },
            immediateAnswer: immediately)
    }

    /// The route, a read, answered with one line that is kept until one of its subjects changes: see
    /// `RenderedReplies`. `subjects` is all that a response tells of.
    func answered(
        keptIn replies: RenderedReplies, about subjects: @escaping @Sendable (Response) -> [RenderedReplies.Subject],
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>) async throws -> Response
    ) -> Endpoint {
        streamed(keptIn: replies, about: subjects) { call, _ in try await handler(call) }
    }

    /// The route, which adds what its body lists, answered with one line: `handler` sends it, or throws before it has.
    ///
    /// Requests that add little are answered on `worker`, the thread of the actor that does most of the work: to wake a
    /// thread takes longer than to decode such a request. Where there is much to decode, others do that.
    func answered(
        numberingBy ids: ObjectIDGenerator, on worker: Worker,
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>, PromptReply<Response>) async throws -> Void,
        promptly: Endpoint.PromptAnswer? = nil
    ) -> Endpoint {
        let status = signature.replies.lastStatus
        var endpoint = Endpoint(
            signature: signature,
            answer: { request, stream in
                try await handler(Self.call(request), PromptReply(status: status, stream: stream))
                return nil
            },
            immediateAnswer: nil)
        let executor = worker.taskExecutor
        endpoint.executor = { ($0.ids?.count ?? 0) <= littleToAdd ? executor : nil }
        endpoint.reserveIDs = { ids.block(of: $0.body?.array?.count ?? 0) }
        endpoint.promptAnswer = promptly
        return endpoint
    }

    /// The route, answered with many lines: those that `handler` sends, then the one that it returns.
    func streamed<End: Encodable & SendableMetatype>(
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>, ReplyStream) async throws -> End
    ) -> Endpoint {
        Endpoint(
            signature: signature,
            answer: { request, stream in try WireEncoder().encode(try await handler(Self.call(request), stream)) },
            immediateAnswer: nil)
    }

    /// The route, a read, of which one line is kept where nothing but the path says what is asked for; with a query it
    /// may have many lines.
    func streamed<End: Encodable & SendableMetatype>(
        keptIn replies: RenderedReplies, about subjects: @escaping @Sendable (End) -> [RenderedReplies.Subject],
        by handler: @escaping @Sendable (Call<Parameter, Query, Body>, ReplyStream) async throws -> End
    ) -> Endpoint {
        precondition(signature.method == .get, "only reads are kept")
        return Endpoint(
            signature: signature,
            answer: { request, stream in
                let reading = replies.beginReading()
                let response = try await handler(Self.call(request), stream)
                let body = try WireEncoder().encode(response)
                if request.query.members.isEmpty, request.body == nil {
                    replies.keep(
                        body, at: signature.path.path(request.parameter), for: signature.role,
                        about: subjects(response), since: reading)
                }
                return body
            },
            immediateAnswer: nil)
    }

    /// The request's parts, decoded. Throws what it is refused with.
    static func call(_ request: IncomingRequest) throws(APIError) -> Call<Parameter, Query, Body> {
        let parts = try parts(parameter: request.parameter, query: request.query, body: request.body)
        return Call(
            parameter: parts.parameter, query: parts.query, body: parts.body, caller: request.caller,
            ticket: request.ticket, ids: request.ids)
    }
}
