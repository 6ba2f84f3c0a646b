import FinetuneAPI
import Synchronization

/// How many requests a second each user may send, over all of a user's connections.
final class RequestQuotas: Sendable {
    private let perSecond: Int?
    // One for each user who was ever connected, which are no more than the host has.
    private let quotas = Mutex<[UInt32: RequestQuota]>([:])

    /// So many requests a second; any number where nothing is said.
    init(perSecond: Int?) {
        self.perSecond = perSecond
    }

    /// What the user with this id may use; nothing where there is no limit. A connection keeps it, so that a request
    /// costs no search.
    func quota(of user: UInt32) -> RequestQuota? {
        guard let perSecond else { return nil }
        return quotas.withLock { quotas in
            if let quota = quotas[user] { return quota }
            let quota = RequestQuota(user: user, perSecond: perSecond)
            quotas[user] = quota
            return quota
        }
    }
}

/// The requests that one user may send.
final class RequestQuota: Sendable {
    private let user: UInt32
    private let perSecond: Int
    private let bucket: Mutex<TokenBucket>

    fileprivate init(user: UInt32, perSecond: Int) {
        self.user = user
        self.perSecond = perSecond
        bucket = Mutex(TokenBucket(perSecond: perSecond, at: .now))
    }

    /// Counts a request; returns its refusal if it is one too many.
    func refusal() -> APIError? {
        guard let wait = bucket.withLock({ $0.take(at: .now) }) else { return nil }
        return APIError(
            .tooManyRequests, "user \(user) may send \(perSecond) requests a second, and this is one more",
            remedy: "Send it again after retry_after seconds, or raise limits.requests_per_second_per_user.",
            detail: [
                "limit": .number(JSONNumber(perSecond)),
                // To the millisecond above: whoever comes back then finds a token.
                "retry_after": .number(JSONNumber((wait / .milliseconds(1)).rounded(.up) / 1_000)),
            ])
    }
}
