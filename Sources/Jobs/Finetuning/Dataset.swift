/// A file of examples on this host, complete and never changed again.
package struct Dataset: Hashable, Sendable {
    /// Where it is: an absolute path.
    package var path: String
    /// Its size.
    package var byteCount: Int
    /// Its lines.
    package var exampleCount: Int
    /// Its SHA-256, in 64 lower-case hexadecimal digits.
    package var sha256: String

    /// A file of examples.
    package init(path: String, byteCount: Int, exampleCount: Int, sha256: String) {
        self.path = path
        self.byteCount = byteCount
        self.exampleCount = exampleCount
        self.sha256 = sha256
    }
}

/// What a finetuning's files of examples are for.
package enum DatasetRole: String, Hashable, Sendable, CaseIterable {
    /// The model learns from it.
    case training
    /// The provider measures the model on it: held out from training.
    case validation
}
