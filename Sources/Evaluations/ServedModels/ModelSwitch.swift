package import Identifiers

/// A wish to let an alias stand for another model.
package struct ModelSwitch: Hashable, Sendable {
    /// The version that the alias has as far as the wisher knows, if that matters.
    package var expectedVersion: Int?
    /// Who wishes it.
    package var user: UInt32
    /// Why, in that user's words.
    package var note: String?
    /// When.
    package var at: Timestamp

    /// A wish.
    package init(expectedVersion: Int?, user: UInt32, note: String?, at: Timestamp) {
        self.expectedVersion = expectedVersion
        self.user = user
        self.note = note
        self.at = at
    }
}
