internal import Jobs

/// Words that came from a provider, on their way to users and to the store.
enum ProviderText {
    /// The longest text, in characters.
    static let longest = 1_000

    /// `text` without `key`, on one line, and cut at `longest` characters.
    static func presentable(_ text: String, hiding key: Secret) -> String {
        // Hidden before it is cut: half a key at the end would be found by no search.
        // A word shorter than any real key would only tear holes into the text.
        let scrubbed = key.revealed.utf8.count < 8 ? text : text.replacing(key.revealed, with: key.description)
        let line = scrubbed.split { $0.isNewline || $0.unicodeScalars.allSatisfy(\.isControl) }.joined(separator: " ")
        return line.count > longest ? line.prefix(longest - 1) + "…" : line
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
