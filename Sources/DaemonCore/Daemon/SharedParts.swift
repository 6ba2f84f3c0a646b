import Identifiers
import Logging
import Store

/// What all concerns of the daemon are made with.
struct SharedParts: Sendable {
    let settings: DaemonSettings
    /// Of the settings, those that may change.
    let current: ReloadableSettings
    let store: StateStore
    let secrets: SecretBox
    let providers: ProviderRegistry
    let ids: ObjectIDGenerator
    let threads = DaemonThreads()
    let announcements: Announcements
    let turnedAway: TurnedAwayLog
    let logger: Logger
}
