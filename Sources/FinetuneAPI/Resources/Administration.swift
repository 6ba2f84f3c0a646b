/// A backup of the state that was made.
public struct StateBackup: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case path, bytes
    }

    /// The file, on the daemon's host.
    public var path: String
    /// Its size.
    public var bytes: Int

    /// A backup.
    public init(path: String, bytes: Int) {
        self.path = path
        self.bytes = bytes
    }
}

/// What a check of the state found.
public struct StateCheck: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case ok, problems
    }

    /// Whether all is in order.
    public var ok: Bool
    /// What is not, a line each.
    public var problems: [String]

    /// What was found.
    public init(problems: [String]) {
        ok = problems.isEmpty
        self.problems = problems
    }
}
