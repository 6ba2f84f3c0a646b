import Identifiers
import Jobs

/// How a provider is, as far as the daemon's own calls tell.
struct ProviderCondition {
    /// What is known of it.
    enum Standing: Hashable {
        /// Nothing was asked yet.
        case unknown
        /// It answers.
        case healthy
        /// Calls fail, and this is why.
        case failing(String)
        /// The daemon has no key, which a call has needed or not. Connections with keys of their own do without it.
        case keyMissing(isNeeded: Bool)
        /// The provider said this of the daemon's key.
        case keyRefused(String)
    }

    let name: ProviderName
    let standing: Standing
    /// When, by the clock on the wall, it will be tried again, if it is left alone because so much failed.
    let pausedUntil: Timestamp?
    /// Since when, of `Timestamp.steady`, jobs wait for an answer and none came to any of them; nothing while none waits.
    let silentSince: Timestamp?
    let hasKey: Bool
    /// How somebody brings in another key: `replace credential openai_api_key, then: systemctl restart finetuned`.
    let keyRemedy: String

    /// What it, or the way to it, said last, and what to do.
    var message: String? {
        let said: String? =
            switch standing {
            case .unknown, .healthy: nil
            case .failing(let message): message
            case .keyMissing: "the daemon has no key for it; \(keyRemedy)"
            case .keyRefused(let message): "\(message.trimmingFullStop); \(keyRemedy)"
            }
        guard let pausedUntil else { return said }
        return "\(said ?? "calls failed"); trying again at \(pausedUntil)"
    }
}

extension String {
    fileprivate var trimmingFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
