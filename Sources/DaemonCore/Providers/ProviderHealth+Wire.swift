import FinetuneAPI
import Identifiers
import Jobs

extension ProviderRegistry {
    /// How each provider is at a moment of `Timestamp.steady`, as clients read it.
    func wireHealth(at now: Timestamp = .steady) -> [ProviderHealth] {
        conditions.map { condition in
            ProviderHealth(
                name: condition.name.rawValue, state: condition.state,
                message: condition.message ?? condition.silence(at: now))
        }
    }
}

extension ProviderCondition {
    // An upload may take its time; what takes this long is worth a word all the same.
    private static let unremarkable = Duration.seconds(10)

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

    fileprivate func silence(at now: Timestamp) -> String? {
        guard let silentSince, case let silence = now.duration(since: silentSince), silence > Self.unremarkable
        else { return nil }
        return "no answer for \(silence.components.seconds) s"
    }
}
