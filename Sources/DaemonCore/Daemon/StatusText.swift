import FinetuneAPI
import Jobs
import Store

/// The daemon's state in the words of `systemctl status`: what goes on first, then what needs somebody's hand.
///
/// systemd 252 reads credentials at a start alone, so what is asked for after a new key is a restart; a reload would
/// not bring it in.
struct StatusText {
    let counts: [Jobs.FinetuningStatus: Int]
    let providers: [ProviderHealth]
    let storage: Store.StorageHealth
    /// The command that restarts the daemon.
    let restart: String

    /// `3 jobs running, 1 queued; openai: key refused, replace credential openai_api_key, then: systemctl restart …`
    var line: String {
        ([jobs] + providers.compactMap(trouble) + [storageTrouble].compactMap(\.self)).joined(separator: "; ")
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

    private func trouble(_ provider: ProviderHealth) -> String? {
        switch provider.state {
        case .unknown, .healthy: nil
        case .failing, .paused: "\(provider.name): \(provider.message ?? "calls fail")"
        case .keyRefused: "\(provider.name): \(refusedKey(of: provider.name))"
        }
    }

    private func refusedKey(of provider: String) -> String {
        "key refused, replace credential \(provider)_api_key, then: \(restart)"
    }

    private var storageTrouble: String? {
        if case .degraded(let reason) = storage { "the state cannot be written: \(reason)" } else { nil }
    }
}
