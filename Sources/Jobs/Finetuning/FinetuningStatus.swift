/// Where a finetuning is, as its users see it: the provider's word where there is a provider's job, `queued` before.
package enum FinetuningStatus: String, Hashable, Sendable, CaseIterable {
    case queued
    case running
    case succeeded
    case failed
    case validatingFiles = "validating_files"
    case cancelled

    /// Whether nothing will change any more.
    package var isTerminal: Bool {
        switch self {
        case .queued, .running, .validatingFiles: false
        case .succeeded, .failed, .cancelled: true
        }
    }
}
