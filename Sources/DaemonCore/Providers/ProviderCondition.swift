import Identifiers
import Jobs

/// How a provider is, as far as the daemon's own calls tell.
struct ProviderCondition {
    /// What is wrong with the daemon's own key.
    enum KeyTrouble: Hashable {
        /// There is none. Connections with keys of their own do without it.
        case missing
        /// The provider said this of it.
        case refused(String)
    }

    let name: ProviderName
    let breaker: CircuitBreaker.State
    /// How the last call ended.
    let last: ProviderRegistry.Answer?
    /// Since when jobs wait for an answer and none came to any of them; nothing while none waits.
    let silentSince: Timestamp?
    let hasKey: Bool
    /// How somebody brings in another key: `replace credential openai_api_key, then: systemctl restart finetuned`.
    let keyRemedy: String

    var keyTrouble: KeyTrouble? {
        switch last {
        case .answered, .failed: nil
        case .keyRefused(let message) where hasKey: .refused(message)
        case .keyRefused: .missing
        case nil: hasKey ? nil : .missing
        }
    }
}
