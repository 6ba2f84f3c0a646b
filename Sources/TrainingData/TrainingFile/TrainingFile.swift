/// A training file that is complete and on disk.
package struct TrainingFile: Hashable, Sendable {
    package let path: String
    package let byteCount: Int
    package let exampleCount: Int
    /// The SHA-256 of its bytes, as 64 lower-case hexadecimal digits.
    package let sha256: String
}
