/// How much of a result is wanted: `?max_rows=50`.
public struct ResultQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case maximumRows = "max_rows"
    }

    /// The most rows.
    public var maximumRows: Int?

    /// A wish.
    public init(maximumRows: Int? = nil) {
        self.maximumRows = maximumRows
    }
}

/// What the SQL of an answer gave.
public struct QueryResult: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case columns, rows
        case isTruncated = "truncated"
    }

    /// The names of the columns, which may repeat.
    public var columns: [String]
    /// The rows, each with a value a column: null, a number or a text; bytes as an SQL literal, `X'0AFF'`.
    public var rows: [[JSONValue]]
    /// Whether there are more rows than were wanted, or than one reply holds.
    public var isTruncated: Bool

    /// A result.
    public init(columns: [String], rows: [[JSONValue]], isTruncated: Bool) {
        self.columns = columns
        self.rows = rows
        self.isTruncated = isTruncated
    }
}

/// A piece of a result as comma-separated values (RFC 4180), whole rows each; the first begins with the columns' names.
public struct CSVText: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case text
    }

    /// The rows, each ended.
    public var text: String

    /// A piece.
    public init(text: String) {
        self.text = text
    }
}

/// The last line of a result that was sent in pieces.
public struct CSVEnd: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case rows
        case isTruncated = "truncated"
    }

    /// How many rows there were, that of the names not counted.
    public var rows: Int
    /// Whether there are more rows than were wanted.
    public var isTruncated: Bool

    /// An end.
    public init(rows: Int, isTruncated: Bool) {
        self.rows = rows
        self.isTruncated = isTruncated
    }
}

// MARK: For the OpenAPI document

extension ResultQuery: Refined {
    static let refinements = Dictionary([CodingKeys.maximumRows: .integer(FieldLimits.resultRows)])
}

extension CSVText: Refined {
    static let refinements = Dictionary([CodingKeys.text: .example("name,year\r\nIngres,1974\r\n")])
}

extension CSVEnd: Refined {
    static let refinements = Dictionary([CodingKeys.rows: .integer(from: 0)])
}
