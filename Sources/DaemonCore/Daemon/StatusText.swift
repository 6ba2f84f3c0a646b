import FinetuneAPI
import Jobs
import Store

/// The daemon's state in the words of `systemctl status`: what goes on first, then what needs somebody's hand.
struct StatusText {
    let counts: [Jobs.FinetuningStatus: Int]
    let providers: [ProviderHealth]
    let storage: Store.StorageHealth

    /// `3 jobs running, 1 queued; openai: key refused, replace credential openai_api_key and reload`.
    var line: String {
        ([jobs] + providers.compactMap(trouble) + [storageTrouble].compactMap(\.self)).joined(separator: "; ")
    }

    private var jobs: String {
        let running = (counts[.running] ?? 0) + (counts[.validatingFiles] ?? 0)
        let queued = counts[.queued] ?? 0
        switch (running, queued) {
        case (0, 0): return "no jobs under way"
        case (0, _): return "\(queued) jobs queued"
        case (_, 0): return "\(running) jobs running"
        case (_, _): return "\(running) jobs running, \(queued) queued"
        }
    }

    private func trouble(_ provider: ProviderHealth) -> String? {
        switch provider.state {
        case .unknown, .healthy: nil
        case .failing, .paused: "\(provider.name): \(provider.message ?? "calls fail")"
        case .keyRefused: "\(provider.name): key refused, replace credential \(provider.name)_api_key and reload"
        }
    }

    private var storageTrouble: String? {
        if case .degraded(let reason) = storage { "the state cannot be written: \(reason)" } else { nil }
    }
}
