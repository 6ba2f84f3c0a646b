import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is, as clients read it.
    func wireHealth(at now: Timestamp) -> [ProviderHealth] {
        health(at: now).map { name, breaker, last in
            if case .open(let until) = breaker {
                return ProviderHealth(
                    name: name.rawValue, state: .paused,
                    message: "\(last?.message ?? "calls failed"); trying again at \(until)")
            }
            return ProviderHealth(name: name.rawValue, state: last.state, message: last?.message)
        }
    }
}

extension ProviderRegistry.Answer {
    fileprivate var message: String? {
        switch self {
        case .answered: nil
        case .failed(let message): message
        case .keyRefused(let message):
            "\(message.trimmingFullStop); replace the credential openai_api_key, or OPENAI_API_KEY, and restart the daemon"
        }
    }
}

extension String {
    fileprivate var trimmingFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}

extension ProviderRegistry.Answer? {
    fileprivate var state: ProviderHealth.State {
        switch self {
        case nil: .unknown
        case .answered: .healthy
        case .failed: .failing
        case .keyRefused: .keyRefused
        }
    }
}
