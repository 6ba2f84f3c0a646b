private import Crypto
package import Identifiers

/// A request that may come again, under the key that its client gave it.
package struct RepeatableRequest: Hashable, Sendable {
    /// Who sent it. Keys are each user's own.
    package let user: UInt32
    /// The client's key.
    package let key: String
    /// What tells it from another request under the same key: the SHA-256 of all that it asks for.
    let fingerprint: [UInt8]

    /// A request; `contents` is all that it asks for, written always the same way.
    package init(user: UInt32, key: String, contents: [UInt8]) {
        self.user = user
        self.key = key
        fingerprint = Array(SHA256.hash(data: contents))
    }
}

/// How the reply to a request is kept together with the work that it asked for.
///
/// The reply is made of what the write returns, inside of that write's transaction: after a crash at any moment
/// either both are there, and the repeated request gets this reply, or neither is, and it is carried out. There is
/// no third state to recover from, and no reply that is made anew from rows which have changed since.
package struct ReplyKeeping<Value>: Sendable {
    let request: RepeatableRequest
    let now: Timestamp
    let body: @Sendable (Value) throws -> [UInt8]?

    /// Keeps what `body` makes of the write's result: the JSON of the reply, or nothing where the result is a
    /// refusal, since a refusal changed nothing and may be asked for anew.
    package init(
        of request: RepeatableRequest, at now: Timestamp, body: @escaping @Sendable (Value) throws -> [UInt8]?
    ) {
        self.request = request
        self.now = now
        self.body = body
    }
}
