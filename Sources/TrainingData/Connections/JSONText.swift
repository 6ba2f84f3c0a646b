/// A JSON object kept as its sender wrote it. Nothing here looks inside.
package struct JSONText: Hashable, Sendable {
    /// The object, from brace to brace.
    package var text: String

    /// Keeps a text that the caller has found to be one JSON object.
    package init(text: String) {
        self.text = text
    }
}
