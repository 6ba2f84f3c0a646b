import FinetuneAPI
import Identifiers
import LineTransport
import Store

/// Carries out a request with an idempotency key once, however often it comes.
///
/// Requests of one user under one key take turns (but for those that are answered promptly, whose write looks for the
/// first reply itself), so that a repetition which overtakes its own first sending waits
/// for that one's reply. What a turn finds kept is its reply; else it does the work, and the handler's write keeps
/// the reply in its own transaction. Only what was done is kept: a refusal changed nothing, so a repetition is
/// judged anew. A route has one status for what it did, so the body is all that there is to keep.
actor RepeatedRequests {
    private struct Name: Hashable {
        let user: UInt32
        let key: String
    }

    private let store: StateStore
    private var waiting: [Name: [CheckedContinuation<Void, Never>]] = [:]

    init(store: StateStore) {
        self.store = store
    }

    /// The first reply to this request, which `endpoint` makes if there is none yet; nothing if `endpoint` has sent it.
    func answer(
        _ request: IncomingRequest, under key: String, by endpoint: Endpoint, _ stream: ReplyStream
    ) async throws -> [UInt8]? {
        let name = Name(user: request.caller.peer.userID, key: key)
        await takeTurn(name)
        defer { giveTurn(name) }
        let ticket = ReplyTicket(for: request, of: endpoint.signature, under: key)
        let repeatable = ticket.request
        if let kept = try await store.keptReply(to: repeatable, at: .present) { return kept }
        var request = request
        request.ticket = ticket
        let body: [UInt8]?
        do {
            body = try await endpoint.answer(request, stream)
        } catch StoreError.idempotencyConflict {
            // One that is answered promptly takes no turn, and may have come in between.
            guard let kept = try await store.keptReply(to: repeatable, at: .present) else {
                throw StoreError.idempotencyConflict(key: key)
            }
            return kept
        }
        guard let body else { return nil }
        // A route that changes nothing has no write to keep its reply with.
        if try await store.keptReply(to: repeatable, at: .present) == nil {
            try await store.keep(body, of: repeatable, at: .present)
        }
        return body
    }

    private func takeTurn(_ name: Name) async {
        guard waiting[name] != nil else {
            waiting[name] = []
            return
        }
        await withCheckedContinuation { waiting[name]?.append($0) }
    }

    private func giveTurn(_ name: Name) {
        if waiting[name]?.isEmpty == false {
            waiting[name]?.removeFirst().resume()
        } else {
            waiting[name] = nil
        }
    }
}

/// What a handler hands to its write, so that the reply is kept in the same transaction.
struct ReplyTicket: Sendable {
    let request: RepeatableRequest

    /// For a request of a route, under the key that its client gave it.
    init(for request: IncomingRequest, of route: RouteSignature, under key: String) {
        self.request = RepeatableRequest(
            user: request.caller.peer.userID, key: key, contents: request.contents(of: route))
    }
}

extension Call {
    /// Keeps the reply that `body` makes of a write's result, if the request may come again.
    func keeping<Value, Reply: Encodable & SendableMetatype>(
        _ body: @escaping @Sendable (Value) throws -> Reply?
    ) -> ReplyKeeping<Value>? {
        ticket.keeping(body)
    }

    /// Keeps this reply, as JSON, if the request may come again.
    func keeping<Value>(json body: [UInt8]) -> ReplyKeeping<Value>? {
        ticket.keeping(json: body)
    }
}

extension ReplyTicket? {
    /// Keeps this reply, as JSON, if there is a ticket.
    func keeping<Value>(json body: [UInt8]) -> ReplyKeeping<Value>? {
        map { ReplyKeeping(of: $0.request, at: .present) { _ in body } }
    }

    /// Keeps the reply that `body` makes of a write's result, if there is a ticket.
    func keeping<Value, Reply: Encodable & SendableMetatype>(
        _ body: @escaping @Sendable (Value) throws -> Reply?
    ) -> ReplyKeeping<Value>? {
        map { ticket in
            ReplyKeeping(of: ticket.request, at: .present) { try body($0).map { try WireEncoder().encode($0) } }
        }
    }
}

extension Endpoint {
    /// The same, but a request with an idempotency key is carried out once.
    func once(_ requests: RepeatedRequests) -> Endpoint {
        var repeatable = self
        repeatable.answer = { request, stream in
            guard let key = request.idempotencyKey else { return try await answer(request, stream) }
            return try await requests.answer(request, under: key, by: self, stream)
        }
        repeatable.promptAnswer = promptAnswerOnce
        return repeatable
    }

    // Takes no turn: its write looks for the first reply itself.
    private var promptAnswerOnce: PromptAnswer? {
        guard let promptAnswer else { return nil }
        return { [signature] request, stream, end in
            var request = request
            if let key = request.idempotencyKey {
                request.ticket = ReplyTicket(for: request, of: signature, under: key)
            }
            return promptAnswer(request, stream, end)
        }
    }
}

extension IncomingRequest {
    /// All that it asks for, written always the same way.
    fileprivate func contents(of signature: RouteSignature) -> [UInt8] {
        let parts: JSONValue = [
            .string(signature.method.rawValue), .string(signature.path.description), .string(parameter ?? ""),
            .object(query), body ?? .null,
        ]
        return parts.canonicalBytes
    }
}
