import FinetuneAPI
import LineTransport
import NIOCore
import Synchronization

/// Answers the lines of one connection: at once where that can be done on the event loop; begun there, and ended by a
/// commit; or else in a task of the request's own, which ends with the connection.
final class APIConnection: LineHandler {
    private let service: APIService
    private let connection: LineConnection
    private let identify: () -> Caller
    private var caller: Caller
    private var accessGeneration: Int
    private let quota: RequestQuota?
    private let tasks = RequestTasks()
    private var promptness = Promptness()
    /// Lines that are parsed elsewhere, and those that came after them.
    private var unanswered = LineQueue<ParsedLine>()
    /// From this many bytes on a line takes long enough to parse for the other connections to notice.
    private static let longLine = 16 << 10

    /// `identify` tells who the caller is under the policy as it is when it is asked.
    init(service: APIService, connection: LineConnection, identify: @escaping () -> Caller) {
        self.service = service
        self.connection = connection
        self.identify = identify
        // In this order: a policy that comes in between is then asked again, and not missed.
        accessGeneration = service.accessGeneration
        caller = identify()
        quota = service.quotas.quota(of: connection.peer.userID)
    }

    func receive(_ line: ByteBuffer) {
        identifyAnew()
        // Every line counts, whatever is in it; one too many is still read for the id of its refusal.
        let excess = quota?.refusal()
        if excess == nil, answerFromKept(line) { return }
        if line.readableBytes >= Self.longLine {
            parseElsewhere(line, excess)
        } else {
            let request = Request.parse(line, depthLimit: service.limits.nesting)
            // What was sent first is begun first.
            if unanswered.isEmpty {
                take(ParsedLine(request: request, excess: excess, isShort: true))
            } else {
                wait(behindLongLines: request, excess)
            }
        }
    }

    func receiveTooLongLine(byteCount: Int) {
        refuse(
            .none,
            APIError(
                .lineTooLong, "a line of \(byteCount) bytes is longer than the \(service.limits.lineBytes) allowed",
                remedy: "Send less at once: golden records, for example, in several requests.",
                detail: [
                    "bytes": .number(JSONNumber(byteCount)), "limit": .number(JSONNumber(service.limits.lineBytes)),
                ]))
    }

    func connectionClosed() {
        tasks.cancelAll()
    }

    // The fast path. Of a read that is written plainly and whose reply is kept, the line is looked over once, and id
    // and reply are copied into the socket's buffer. Whatever else there is to say is said on the way around it.
    private func answerFromKept(_ line: ByteBuffer) -> Bool {
        guard let read = line.withUnsafeReadableBytes({ PlainRead(line: $0) }),
            let path = line.slice(read.path), let body = service.replies.body(at: path, for: caller.role)
        else { return false }
        connection.send { output in
            output.writeReply(id: read.id.flatMap(line.slice), body: body)
        }
        return true
    }

    // Counted as a request until it is known to be one.
    private func parseElsewhere(_ line: ByteBuffer, _ excess: APIError?) {
        connection.beginRequest()
        let number = unanswered.expect()
        let connection = connection
        let depthLimit = service.limits.nesting
        let home = NIOLoopBound(self, eventLoop: connection.eventLoop)
        tasks.start(named: "") {
            ParsedLine(request: Request.parse(line, depthLimit: depthLimit), excess: excess, isShort: false)
        } then: { parsed in
            connection.eventLoop.execute { home.value.arrived(parsed, number) }
        }
    }

    private func wait(behindLongLines request: Result<Request, MalformedLine>, _ excess: APIError?) {
        connection.beginRequest()
        unanswered.fill(unanswered.expect(), with: ParsedLine(request: request, excess: excess, isShort: true))
    }

    private func arrived(_ line: ParsedLine, _ number: Int) {
        unanswered.fill(number, with: line)
        while let next = unanswered.next() {
            take(next)
            connection.finishRequest()
        }
    }

    private func take(_ line: ParsedLine) {
        switch line.request {
        case .success(let request):
            if let excess = line.excess { refuse(request.id, excess) } else { answer(request, atOnce: line.isShort) }
        case .failure(let error): refuse(error.id, line.excess ?? error.error)
        }
    }

    private func answer(_ request: Request, atOnce: Bool) {
        do throws(APIError) {
            let target = try RequestTarget(request.path)
            let (endpoint, parameter) = try service.router.find(request.method, target)
            try admit(request, parameter, to: endpoint.signature)
            var incoming = IncomingRequest(
                parameter: parameter, query: target.query, body: request.body, caller: caller,
                idempotencyKey: request.idempotencyKey)
            if endpoint.signature == Routes.endRequest.signature {
                try endStream(incoming, id: request.id)
            } else if atOnce, let body = endpoint.immediateAnswer?(incoming) {
                reply(request.id, endpoint.status, body)
            } else {
                incoming.ids = endpoint.reserveIDs?(incoming)
                start(endpoint, incoming, id: request.id, promptly: atOnce)
            }
        } catch {
            refuse(request.id, error)
        }
    }

    // The policy may have been replaced since the last request.
    private func identifyAnew() {
        let generation = service.accessGeneration
        guard generation != accessGeneration else { return }
        accessGeneration = generation
        caller = identify()
    }

    private func admit(_ request: Request, _ parameter: String?, to route: RouteSignature) throws(APIError) {
        if service.isRefusing { throw .shuttingDown() }
        guard caller.role < route.role else { return }
        let refusal = APIError.forbidden(
            needed: route.role, caller: caller, groups: service.groups(allowing: route.role))
        let audited = AuditedRequest(id: request.id, parameter: parameter, caller: caller)
        service.audit.note(route, audited, refusal: refusal)
        throw refusal
    }

    // A stream belongs to its connection, so ending it is no business of an endpoint.
    private func endStream(_ request: IncomingRequest, id: RequestID) throws(APIError) {
        let name = request.parameter ?? ""
        guard tasks.cancel(named: name) else {
            throw APIError(
                .requestNotFound, "no request \"\(name.prefix(128))\" is under way on this connection",
                remedy: "Streams end by themselves once their finetuning is over.",
                detail: ["id": .string(String(name.prefix(128)))])
        }
        let body = JSONValue.object(
            JSONObject(members: [.init(name: "id", value: .string(name)), .init(name: "ended", value: true)]))
        reply(id, 200, body.bytes)
    }

    private func start(_ endpoint: Endpoint, _ request: IncomingRequest, id: RequestID, promptly: Bool) {
        connection.beginRequest()
        let begun = BegunRequest(
            service: service, endpoint: endpoint, stream: ReplyStream(id: id, connection: connection),
            audited: AuditedRequest(id: id, parameter: request.parameter, caller: caller))
        if promptly, answerPromptly(request, begun) { return }
        tasks.start(named: id.pathText, on: endpoint.executor?(request)) {
            do {
                return begun.isDone(answeredWith: try await endpoint.answer(request, begun.stream))
            } catch {
                return begun.isRefused(with: error)
            }
        } then: { last in
            begun.finish(with: last)
        }
    }

    // The fast path of what adds a record: without a task, and with no other thread than the one that commits. It is for
    // clients that wait for each reply; those that send much at once would keep the others waiting. What takes too long
    // there, others have waited for; then the next requests of this connection go the long way.
    private func answerPromptly(_ request: IncomingRequest, _ begun: BegunRequest) -> Bool {
        guard let answer = begun.endpoint.promptAnswer, connection.isAtOneRequest else { return false }
        return promptness.run {
            answer(request, begun.stream) { [tasks] end in begun.note(end, in: tasks) }
        }
    }

    private func reply(_ id: RequestID, _ status: Int, _ body: [UInt8]) {
        connection.send(ByteBuffer(bytes: Reply.line(id: id, status: status, body: body)))
    }

    private func refuse(_ id: RequestID, _ error: APIError) {
        reply(id, error.code.status, error.json)
    }
}

extension ByteBuffer {
    /// The bytes at these places, counted from the first readable one.
    fileprivate func slice(_ places: Range<Int>) -> ByteBuffer? {
        getSlice(at: readerIndex + places.lowerBound, length: places.count)
    }

    /// Writes the line of a read's reply, as `Reply.line` does.
    fileprivate mutating func writeReply(id: ByteBuffer?, body: ByteBuffer) {
        writeStaticString("{\"id\":")
        if let id { writeImmutableBuffer(id) } else { writeStaticString("null") }
        writeStaticString(",\"status\":200,\"body\":")
        writeImmutableBuffer(body)
        writeStaticString("}\n")
    }
}

extension Request {
    fileprivate static func parse(_ line: ByteBuffer, depthLimit: Int) -> Result<Request, MalformedLine> {
        line.withUnsafeReadableBytes { bytes in
            Result { () throws(MalformedLine) in
                try Request(line: bytes.assumingMemoryBound(to: UInt8.self), depthLimit: depthLimit)
            }
        }
    }
}

/// A line that waits for its turn.
private struct ParsedLine: Sendable {
    let request: Result<Request, MalformedLine>
    /// Why it is refused, whatever is in it.
    let excess: APIError?
    /// Whether what it asks may be decoded on the event loop.
    let isShort: Bool
}
