import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is at a moment of `Timestamp.steady`, as clients read it.
    func wireHealth(at now: Timestamp = .steady) -> [ProviderHealth] {
        conditions.map { ProviderHealth($0, at: now) }
    }
}

extension ProviderHealth {
    fileprivate init(_ condition: ProviderCondition, at now: Timestamp) {
        self.init(
            name: condition.name.rawValue, state: condition.state,
            message: condition.message ?? condition.silence(at: now))
        if case .open(let until) = condition.breaker {
            state = .paused
            message = "\(condition.message ?? "calls failed"); trying again at \(until.onTheWall)"
        }
    }
}

extension ProviderCondition {
    // An upload may take its time; what takes this long is worth a word all the same.
    private static let unremarkable = Duration.seconds(10)

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

    fileprivate func silence(at now: Timestamp) -> String? {
        guard let silentSince, case let silence = now.duration(since: silentSince), silence > Self.unremarkable
        else { return nil }
        return "no answer for \(silence.components.seconds) s"
    }
}
