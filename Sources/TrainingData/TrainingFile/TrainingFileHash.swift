internal import Crypto

/// The SHA-256 that a training file would have, without the file.
package struct TrainingFileHash {
    private var hash = SHA256()
    private var line: [UInt8] = []

    /// Of no examples yet.
    package init() {}

    /// Adds one example as the next line.
    package mutating func add(_ example: ChatExample) {
        line.removeAll(keepingCapacity: true)
        example.append(to: &line)
        hash.update(data: line)
    }

    /// 64 lower-case hexadecimal digits.
    package func finish() -> String { hash.finalize().hexadecimal }
}

extension String {
    /// The SHA-256 of the text, in 64 lower-case hexadecimal digits.
    package var sha256: String { SHA256.hash(data: Array(utf8)).hexadecimal }
}
