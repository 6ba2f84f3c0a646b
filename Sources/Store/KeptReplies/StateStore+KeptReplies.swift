import FoundationEssentials
import GRDB
import Identifiers

extension StateStore {
    /// The body of the first reply to this request, `nil` if there is none. Throws `idempotencyConflict` if the key
    /// belongs to another request.
    package func keptReply(to request: RepeatableRequest, at moment: ReplyMoment) async throws(StoreError) -> [UInt8]? {
        try await read { db in try db.keptReply(to: request, at: moment) }
    }

    /// Keeps the reply to a request that changed nothing else. Throws `idempotencyConflict`.
    package func keep(_ body: [UInt8], of request: RepeatableRequest, at moment: ReplyMoment) async throws(StoreError) {
        try await write { db in try db.keep(body, of: request, at: moment) }
    }

    /// Runs `work` in a transaction, and keeps the reply that is made of its result in the same one.
    func write<Value: Sendable>(
        keeping reply: ReplyKeeping<Value>?, whenCommitted: @escaping @Sendable (Value) -> Void = { _ in },
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        guard let reply else { return try await write(whenCommitted: whenCommitted, work) }
        return try await write(whenCommitted: whenCommitted) { db in
            let value = try work(db)
            if let body = try reply.body(value) { try db.keep(body, of: reply.request, at: reply.moment) }
            return value
        }
    }
}

/// What is kept under a request's key.
enum KeptReply {
    /// The body of its first reply.
    case body([UInt8])
    /// The key belongs to a request that asked for something else.
    case ofAnotherRequest(key: String)

    /// The body, or what tells that there is none.
    var result: Result<[UInt8], StoreError> {
        switch self {
        case .body(let body): .success(body)
        case .ofAnotherRequest(let key): .failure(.idempotencyConflict(key: key))
        }
    }
}

extension Database {
    // Few enough that no write has to wait for them, and more than one write adds.
    private static let prunedAtOnce = 16

    /// Does the work of a request and keeps its reply, unless its key has been used. That is no error here, which would
    /// undo what others write in the same transaction.
    func once(_ reply: ReplyKeeping<Void>?, _ work: () throws -> Void) throws -> KeptReply? {
        if let reply, let kept = try kept(under: reply.request, at: reply.moment) { return kept }
        try work()
        if let reply, let body = try reply.body(()) { try add(body, of: reply.request, at: reply.moment) }
        return nil
    }

    fileprivate func keptReply(to request: RepeatableRequest, at moment: ReplyMoment) throws -> [UInt8]? {
        try kept(under: request, at: moment)?.result.get()
    }

    private func kept(under request: RepeatableRequest, at moment: ReplyMoment) throws -> KeptReply? {
        let row = try first(
            "SELECT * FROM kept_replies WHERE peer_uid = ? AND idempotency_key = ? AND at > ?",
            [request.user, request.key, moment.horizon])
        guard let row else { return nil }
        let reader = RowReader(table: "kept_replies", row: row)
        guard try reader.value("request_sha256", as: Data.self) == Data(request.fingerprint) else {
            return .ofAnotherRequest(key: request.key)
        }
        return .body(Array(try reader.value("body", as: Data.self)))
    }

    fileprivate func keep(_ body: [UInt8], of request: RepeatableRequest, at moment: ReplyMoment) throws {
        // The caller looked before it did the work; should another have come in between, the work is undone.
        guard try keptReply(to: request, at: moment) == nil else {
            throw StoreError.idempotencyConflict(key: request.key)
        }
        try add(body, of: request, at: moment)
    }

    private func add(_ body: [UInt8], of request: RepeatableRequest, at moment: ReplyMoment) throws {
        try pruneReplies(at: moment)
        try run(
            """
            INSERT OR REPLACE INTO kept_replies (peer_uid, idempotency_key, request_sha256, body, at)
            VALUES (?, ?, ?, ?, ?)
            """, [request.user, request.key, Data(request.fingerprint), Data(body), moment.now])
    }

    private func pruneReplies(at moment: ReplyMoment) throws {
        try run(
            """
            DELETE FROM kept_replies WHERE rowid IN (
                SELECT rowid FROM kept_replies WHERE at <= ? ORDER BY at LIMIT \(Self.prunedAtOnce))
            """, [moment.horizon])
    }
}
