/// A job's `status`.
enum JobStatus: Equatable, Sendable {
    case validatingFiles
    case queued
    case running
    /// Not in the published list of words, but answered by the provider all the same.
    case paused
    case succeeded
    case failed
    case cancelled
    /// Any other word, forced by `POST /_sandbox/jobs/{id}`.
    case other(String)

    var word: String {
        switch self {
        case .validatingFiles: "validating_files"
        case .queued: "queued"
        case .running: "running"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .other(let word): word
        }
    }

    var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .validatingFiles, .queued, .running, .paused, .other: false
        }
    }
}
