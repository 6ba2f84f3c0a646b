/// A training or validation file on the daemon's host.
public struct TrainingFile: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case examples, bytes, sha256
    }

    /// Its lines.
    public var examples: Int
    /// Its size.
    public var bytes: Int
    /// Its SHA-256, in hexadecimal digits.
    public var sha256: String

    /// A file.
    public init(examples: Int, bytes: Int, sha256: String) {
        self.examples = examples
        self.bytes = bytes
        self.sha256 = sha256
    }
}

// MARK: For the OpenAPI document

extension TrainingFile: Refined {
    static let refinements = Dictionary([
        CodingKeys.examples: .integer(from: 0), .bytes: .integer(from: 0),
        .sha256: .text(matching: "^[0-9a-f]{64}$").example(.string(String(repeating: "0123456789abcdef", count: 4))),
    ])
}
