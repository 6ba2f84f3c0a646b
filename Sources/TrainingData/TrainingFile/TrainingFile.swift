/// A training file that is complete and on disk.
package struct TrainingFile: Hashable, Sendable {
    /// Where the file is, as the writer was told.
    package let path: String
    /// Its size in bytes.
    package let byteCount: Int
    /// Its lines.
    package let exampleCount: Int
    /// The SHA-256 of its bytes, as 64 lower-case hexadecimal digits.
    package let sha256: String
}
