import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is at a moment of `Timestamp.steady`, as clients read it.
    func wireHealth(at now: Timestamp = .steady) -> [ProviderHealth] {
        health.map { ProviderHealth($0, at: now) }
    }
}

extension ProviderHealth {
    fileprivate init(_ health: ProviderRegistry.Health, at now: Timestamp) {
        let trouble = health.last?.message(of: health.name)
        if case .open(let until) = health.breaker {
            self.init(
                name: health.name.rawValue, state: .paused,
                message: "\(trouble ?? "calls failed"); trying again at \(until.onTheWall)")
        } else {
            self.init(
                name: health.name.rawValue, state: health.last.state, message: trouble ?? health.silence(at: now))
        }
    }
}

extension ProviderRegistry.Health {
    // An upload may take its time; what takes this long is worth a word all the same.
    private static let unremarkable = Duration.seconds(10)

    fileprivate func silence(at now: Timestamp) -> String? {
        guard let silentSince, case let silence = now.duration(since: silentSince), silence > Self.unremarkable
        else { return nil }
        return "no answer for \(silence.components.seconds) s"
    }
}

extension ProviderRegistry.Answer {
    fileprivate func message(of provider: ProviderName) -> String? {
        switch self {
        case .answered: nil
        case .failed(let message): message
        case .keyRefused(let message):
            """
            \(message.trimmingFullStop); replace the credential \(provider)_api_key, or \
            \(provider.rawValue.uppercased())_API_KEY, and restart the daemon
            """
        }
    }
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
