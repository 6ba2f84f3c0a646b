import Jobs
import Store
import TrainingData

/// The daemon's state in the words of `systemctl status`: what goes on first, then what needs somebody's hand.
struct StatusText {
    let counts: [Jobs.FinetuningStatus: Int]
    let providers: [ProviderCondition]
    let storage: Store.StorageHealth
    /// How many connections have keys that the storage key does not open.
    var unreadableKeys = 0
    /// The connections whose own keys are refused.
    var refusedKeys: [TrainingData.DatabaseConnection] = []

    /// `3 jobs running, 1 queued; openai: key refused, replace credential openai_api_key, then: systemctl restart …`
    var line: String {
        let troubles = providers.map(trouble) + [refusedKeyTrouble, keyTrouble, storageTrouble]
        return ([jobs] + troubles).compactMap(\.self).joined(separator: "; ")
    }

    private var jobs: String {
        let running = (counts[.running] ?? 0) + (counts[.validatingFiles] ?? 0)
        let queued = counts[.queued] ?? 0
        switch (running, queued) {
        case (0, 0): return "no jobs under way"
        case (0, _): return "\(Self.jobs(queued)) queued"
        case (_, 0): return "\(Self.jobs(running)) running"
        case (_, _): return "\(Self.jobs(running)) running, \(queued) queued"
        }
    }

    private static func jobs(_ count: Int) -> String { count == 1 ? "1 job" : "\(count) jobs" }

    private func trouble(_ provider: ProviderCondition) -> String? {
        switch provider.standing {
        case .unknown, .healthy: nil
        case .failing: provider.message.map { "\(provider.name): \($0)" }
        // Whoever uses one provider needs no key for the others.
        case .keyMissing(let isNeeded): isNeeded || !hasAnyKey ? "\(provider.name): no key, \(provider.keyRemedy)" : nil
        case .keyRefused: "\(provider.name): key refused, \(provider.keyRemedy)"
        }
    }

    private var hasAnyKey: Bool { providers.contains(where: \.hasKey) }

    // One is enough to begin with; finetunectl status has them all.
    private var refusedKeyTrouble: String? {
        guard let first = refusedKeys.first else { return nil }
        let others = refusedKeys.count == 1 ? "" : " (and \(refusedKeys.count - 1) more)"
        return "connection \(first.alias)\(others): key refused, \(first.keyRemedy)"
    }

    private var keyTrouble: String? {
        switch unreadableKeys {
        case 0: nil
        case 1: "the key of a database connection does not open with the storage key, put back the former one"
        default:
            """
            the keys of \(unreadableKeys) database connections do not open with the storage key, put back the \
            former one
            """
        }
    }

    private var storageTrouble: String? {
        guard case .degraded(let reason) = storage else { return nil }
        return "the state cannot be written: \(reason); free space, or mend the file system"
    }
}
