package import Identifiers

/// A numbered event of one finetuning, as it is stored.
package struct FinetuningEvent: Hashable, Sendable {
    /// From 1, without gaps.
    package var sequence: Int
    /// When it happened.
    package var at: Timestamp
    /// Its name: `status_changed`, `metrics`.
    package var name: String
    /// How grave it is.
    package var level: ProviderEvent.Level
    /// One sentence for people.
    package var message: String
    /// The facts, by name.
    package var detail: [String: EventDetail]

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
