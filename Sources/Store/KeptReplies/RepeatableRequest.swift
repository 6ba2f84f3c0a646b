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

/// The moment of a request, by which it is told for how long its reply is kept.
///
/// A reply counts until a day has passed by both clocks. By the one alone, whoever sets the clock would make the daemon
/// forget a reply, and pay for a repeated order a second time; `Timestamp.steady` alone says nothing of what an earlier
/// process kept.
package struct ReplyMoment: Hashable, Sendable {
    /// How long a reply is kept.
    package static let lifetime = Duration.seconds(24 * 60 * 60)

    /// What a reply of this moment is stored with.
    let now: Timestamp
    /// What is not later than this counts no more.
    let horizon: Timestamp

    /// A moment by `Timestamp.now` and by `Timestamp.steady`.
    package init(now: Timestamp, steady: Timestamp) {
        self.now = now
        horizon = min(now, steady).advanced(by: .zero - Self.lifetime)
    }

    /// This moment.
    package static var present: ReplyMoment { ReplyMoment(now: .now, steady: .steady) }
}

/// How the reply to a request is kept together with the work that it asked for.
///
/// The reply is made of what the write returns, inside of that write's transaction: after a crash at any moment
/// either both are there, and the repeated request gets this reply, or neither is, and it is carried out. There is
/// no third state to recover from, and no reply that is made anew from rows which have changed since.
package struct ReplyKeeping<Value>: Sendable {
    let request: RepeatableRequest
    let moment: ReplyMoment
    let body: @Sendable (Value) throws -> [UInt8]?

    /// Keeps what `body` makes of the write's result: the JSON of the reply, or nothing where the result is a
    /// refusal, since a refusal changed nothing and may be asked for anew.
    package init(
        of request: RepeatableRequest, at moment: ReplyMoment, body: @escaping @Sendable (Value) throws -> [UInt8]?
    ) {
        self.request = request
        self.moment = moment
        self.body = body
    }
}
