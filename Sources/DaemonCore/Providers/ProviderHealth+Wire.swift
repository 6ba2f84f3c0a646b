import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is, as clients read it.
    var wireHealth: [ProviderHealth] { conditions.map(ProviderHealth.init) }
}

extension ProviderHealth {
    fileprivate init(_ condition: ProviderCondition) {
        self.init(name: condition.name.rawValue, state: condition.state, message: condition.message)
        if case .open(let until) = condition.breaker {
            state = .paused
            message = "\(message ?? "calls failed"); trying again at \(until.onTheWall)"
        }
    }
}

extension ProviderCondition {
    fileprivate var state: ProviderHealth.State {
        switch (keyTrouble, last) {
        case (.missing, _): .keyMissing
        case (.refused, _), (nil, .keyRefused): .keyRefused
        case (nil, nil): .unknown
        case (nil, .answered): .healthy
        case (nil, .failed): .failing
        }
    }

    fileprivate var message: String? {
        switch keyTrouble {
        case .missing: "the daemon has no key for it; \(keyRemedy)"
        case .refused(let message): "\(message.trimmingFullStop); \(keyRemedy)"
        case nil: if case .failed(let message) = last { message } else { nil }
        }
    }
}

extension String {
    fileprivate var trimmingFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
