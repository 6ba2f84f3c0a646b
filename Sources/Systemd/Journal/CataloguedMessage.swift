/// What happens in the life of the daemon or of a job that scripts and people look for: these messages have ids, by
/// which `journalctl MESSAGE_ID=…` finds them and `journalctl --catalog` explains them (`systemd/finetuned.catalog`).
///
/// The raw value is what the metadata key `event` of the logged message says.
package enum CataloguedMessage: String, CaseIterable, Sendable {
    /// The daemon answers on its socket.
    case daemonReady = "daemon_ready"
    /// It was told to stop.
    case daemonStopping = "daemon_stopping"
    /// All is written and closed.
    case daemonStopped = "daemon_stopped"
    /// It could not start, or could not go on.
    case daemonFailed = "daemon_failed"
    /// The configuration was read again.
    case configurationReloaded = "configuration_reloaded"
    /// The new configuration is not right; the old one stays.
    case configurationRefused = "configuration_refused"
    /// A part of the daemon did not give a sign of life.
    case watchdogUnanswered = "watchdog_unanswered"
    /// The state was copied.
    case backupMade = "backup_made"
    /// An order was accepted.
    case jobAccepted = "accepted"
    /// The provider made a job of it.
    case jobCreated = "job_created"
    /// The provider had made the job already.
    case jobAdopted = "job_adopted"
    /// The provider refuses the key.
    case jobWaitsForKey = "waiting_for_key"
    /// There is a model.
    case jobSucceeded = "succeeded"
    /// There is none.
    case jobFailed = "failed"
    /// There is none, because a user wanted it so.
    case jobCancelled = "cancelled"

    /// The message's id, 32 hexadecimal digits. It stays the same in all versions.
    package var id: String {
        switch self {
        case .daemonReady: "3c58ce19b35b4355b0db7c1efb2f46d0"
        case .daemonStopping: "7b228bf530e34c7e880f16febc7f2a6f"
        case .daemonStopped: "717532b2174c40ad9249879583eb6e75"
        case .daemonFailed: "2d6909d66f5b440bb197cc22cb35ccf5"
        case .configurationReloaded: "ef4642e859634d6fb33793c3122cb732"
        case .configurationRefused: "83223945b06b4aca9e06e9fb1bcb0f8d"
        case .watchdogUnanswered: "3b6c7d7f7bb548f99f78320a9fa2e4d4"
        case .backupMade: "665789d49a3c4232a2c86af7b779d850"
        case .jobAccepted: "816eb231b1fb4eafa729ca4c653d790b"
        case .jobCreated: "f9e3dfa19486498f93e05d3698665fbc"
        case .jobAdopted: "f17415c111594e1ea3fa3caee59fb2ea"
        case .jobWaitsForKey: "3b62389e09914613ad5fb3dab6e4eea0"
        case .jobSucceeded: "4bb53ff06acb4a849383ba87deda821b"
        case .jobFailed: "d4bb6c45618a466894924682dd3d3d7f"
        case .jobCancelled: "0d3e6b1f4a9c4d52b7f85c26e1a09374"
        }
    }
}
