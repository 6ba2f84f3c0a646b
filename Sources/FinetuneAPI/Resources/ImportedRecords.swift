public import Identifiers

/// What an import of golden records added. Unlike the records themselves it is small, however many they are.
public struct ImportedRecords: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case imported
        case first = "first_id"
        case last = "last_id"
        case checks, invalid
    }

    /// How many were added.
    public var imported: Int
    /// The id of the first; those of the others follow in their order.
    public var first: ObjectID
    /// The id of the last.
    public var last: ObjectID
    /// What checking their SQL found.
    public var checks: CheckCounts
    /// Those that stay out of training until their SQL is corrected.
    public var invalid: [InvalidRecord]

    /// What was added.
    public init(imported: Int, first: ObjectID, last: ObjectID, checks: CheckCounts, invalid: [InvalidRecord]) {
        self.imported = imported
        self.first = first
        self.last = last
        self.checks = checks
        self.invalid = invalid
    }
}

/// How many golden records have which check.
public struct CheckCounts: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case valid, invalid, unchecked
    }

    /// Those that prepare, are one statement and only read.
    public var valid: Int
    /// Those that do not, or whose SQL failed when it ran.
    public var invalid: Int
    /// Those of which nobody can tell.
    public var unchecked: Int

    /// Counts.
    public init(valid: Int = 0, invalid: Int = 0, unchecked: Int = 0) {
        self.valid = valid
        self.invalid = invalid
        self.unchecked = unchecked
    }

    /// The count of one status.
    public subscript(status: RecordCheck.Status) -> Int {
        get {
            switch status {
            case .valid: valid
            case .invalid: invalid
            case .unchecked: unchecked
            }
        }
        set {
            switch status {
            case .valid: valid = newValue
            case .invalid: invalid = newValue
            case .unchecked: unchecked = newValue
            }
        }
    }
}

/// A golden record that was added and stays out of training.
public struct InvalidRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case index, id, reason
    }

    /// Its place in the request, from 0.
    public var index: Int
    /// Its id.
    public var id: ObjectID
    /// What is wrong with it.
    public var reason: String

    /// An invalid record.
    public init(index: Int, id: ObjectID, reason: String) {
        self.index = index
        self.id = id
        self.reason = reason
    }
}

// MARK: For the OpenAPI document

extension ImportedRecords: Refined {
    static let refinements = Dictionary([CodingKeys.imported: .integer(from: 1)])
}

extension CheckCounts: Refined {
    static let refinements = Dictionary([
        CodingKeys.valid: .integer(from: 0), .invalid: .integer(from: 0), .unchecked: .integer(from: 0),
    ])
}

extension InvalidRecord: Refined {
    static let refinements = Dictionary([CodingKeys.index: .integer(from: 0)])
}
