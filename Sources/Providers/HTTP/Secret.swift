/// Text that must not be seen: an API key, or a proxy's address with its password.
///
/// However it is printed, interpolated, dumped or mirrored, it shows as `•••`.
package struct Secret: Hashable, Sendable {
    /// The text itself, for the one place that sends it.
    package let exposed: String

    /// Hides `text`.
    package init(_ text: String) {
        exposed = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private static let mask = "•••"

    /// Always `•••`.
    package var description: String { Self.mask }

    /// Always `•••`.
    package var debugDescription: String { Self.mask }

    /// A mirror without children, so that `dump` has nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret {
    /// `text` with every occurrence of this secret shown as `•••`. An empty secret hides nothing.
    package func scrubbed(from text: String) -> String {
        guard !exposed.isEmpty else { return text }
        return text.replacing(exposed, with: Self.mask)
    }
}
