/// A training file on this host, complete and never changed again.
package struct Dataset: Hashable, Sendable {
    /// Where it is: an absolute path.
    package var path: String
    /// Its size.
    package var byteCount: Int
    /// Its lines.
    package var exampleCount: Int
    /// Its SHA-256, in 64 lower-case hexadecimal digits.
    package var sha256: String

    /// A training file.
    package init(path: String, byteCount: Int, exampleCount: Int, sha256: String) {
        self.path = path
        self.byteCount = byteCount
        self.exampleCount = exampleCount
        self.sha256 = sha256
    }
}
