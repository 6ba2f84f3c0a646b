/// What of the database's values would leave the host. Questions, golden SQL, DDL and descriptions leave besides.
public struct PlannedLeaving: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case redaction, columns
    }

    /// Which values may leave, as the connection says.
    public var redaction: Redaction
    /// The columns whose values would.
    public var columns: [LeavingColumn]

    /// What would leave.
    public init(redaction: Redaction, columns: [LeavingColumn]) {
        self.redaction = redaction
        self.columns = columns
    }
}

/// A column whose values would leave the host.
public struct LeavingColumn: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case table, column, values, personal, form
    }

    /// How values leave.
    public enum Form: String, Codable, Sendable, Hashable, CaseIterable {
        /// As they are.
        case plain
        /// Their shape alone.
        case masked
    }

    /// The table's name, with its schema where it has one.
    public var table: String
    /// The column's name.
    public var column: String
    /// How many values leave: those of sample rows, and categories.
    public var values: Int
    /// Whether they are likely to be about persons.
    public var personal: Bool
    /// How they leave.
    public var form: Form

    /// A column.
    public init(table: String, column: String, values: Int, personal: Bool, form: Form) {
        self.table = table
        self.column = column
        self.values = values
        self.personal = personal
        self.form = form
    }
}

// MARK: For the OpenAPI document

extension LeavingColumn: Refined {
    static let refinements = Dictionary([CodingKeys.values: .integer(from: 1)])
}
