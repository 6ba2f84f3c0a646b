/// A backup of the state that was made.
public struct StateBackup: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case path, bytes, removed
    }

    /// The file, on the daemon's host.
    public var path: String
    /// Its size.
    public var bytes: Int
    /// Older backups that were removed for it.
    public var removed: [String]

    /// A backup.
    public init(path: String, bytes: Int, removed: [String] = []) {
        self.path = path
        self.bytes = bytes
        self.removed = removed
    }
}

/// How a backup is made.
public struct BackupOptions: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case keep
    }

    /// How many backups are left, this one included. Unless given, none is removed.
    public var keep: Int?

    /// Options.
    public init(keep: Int? = nil) {
        self.keep = keep
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
