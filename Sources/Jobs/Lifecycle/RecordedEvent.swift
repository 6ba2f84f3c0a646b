package import Identifiers

/// A numbered event of one finetuning or one evaluation, as it is stored.
package struct RecordedEvent: Hashable, Sendable {
    /// From 1, without gaps.
    package let sequence: Int
    /// When it happened.
    package let at: Timestamp
    /// Its name: `status_changed`, `metrics`.
    package let name: String
    /// How grave it is.
    package let level: ProviderEvent.Level
    /// One sentence for people.
    package let message: String
    /// The facts, by name.
    package let detail: [String: EventDetail]

    /// An event.
    package init(
        sequence: Int, at: Timestamp, name: String, level: ProviderEvent.Level, message: String,
        detail: [String: EventDetail]
    ) {
        self.sequence = sequence
        self.at = at
        self.name = name
        self.level = level
        self.message = message
        self.detail = detail
    }
}
