import FinetuneAPI
import Jobs

extension ProviderRegistry {
    /// How each provider is, as clients read it.
    var wireHealth: [ProviderHealth] {
        conditions.map { condition in
            ProviderHealth(name: condition.name.rawValue, state: condition.state, message: condition.message)
        }
    }
}

extension ProviderCondition {
    fileprivate var state: ProviderHealth.State {
        if pausedUntil != nil { return .paused }
        return switch standing {
        case .unknown: .unknown
        case .healthy: .healthy
        case .failing: .failing
        case .keyMissing: .keyMissing
        case .keyRefused: .keyRefused
        }
    }
}
