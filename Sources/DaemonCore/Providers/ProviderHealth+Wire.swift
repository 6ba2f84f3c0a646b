import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is, as clients read it.
    var wireHealth: [ProviderHealth] {
        health.map { name, breaker, last in
            if case .open(let until) = breaker {
                return ProviderHealth(
                    name: name.rawValue, state: .paused,
                    message: "\(last?.message(of: name) ?? "calls failed"); trying again at \(until.onTheWall)")
            }
            return ProviderHealth(name: name.rawValue, state: last.state, message: last?.message(of: name))
        }
    }
}

extension ProviderRegistry.Answer {
    fileprivate func message(of provider: ProviderName) -> String? {
        switch self {
        case .answered: nil
        case .failed(let message): message
        case .keyRefused(let message):
            "\(message.trimmingFullStop); replace the credential \(provider)_api_key and reload, or start with another \(provider.rawValue.uppercased())_API_KEY"
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
