/// A value that must not be seen: a provider's key. Printing it, in a log, an error or a dump, shows dots.
package struct Secret: Hashable, Sendable {
    /// The value itself, for the one place that sends it.
    package let revealed: String

    /// Wraps a value.
    package init(_ revealed: String) {
        self.revealed = revealed
    }

    /// The last four characters, or nothing of a value so short that four would give it away.
    package var hint: String {
        revealed.count >= 12 ? String(revealed.suffix(4)) : ""
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Dots, whatever the value.
    package var description: String { "•••" }
    /// Dots, whatever the value.
    package var debugDescription: String { "•••" }
    /// A mirror without the value.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
