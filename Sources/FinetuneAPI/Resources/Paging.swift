public import Identifiers

/// Which page of a list: `?page=2&limit=50`.
public struct Paging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case page, limit
    }

    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(page: Int? = nil, limit: Int? = nil) {
        self.page = page
        self.limit = limit
    }
}

/// Which page of a list of what belongs to a database connection.
public struct ConnectionPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case page, limit
    }

    /// Only what belongs to this connection.
    public var databaseConnection: ObjectID?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(databaseConnection: ObjectID? = nil, page: Int? = nil, limit: Int? = nil) {
        self.databaseConnection = databaseConnection
        self.page = page
        self.limit = limit
    }
}

/// Which page of the list of database connections.
public struct AliasPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias, page, limit
    }

    /// Only the one with this alias.
    public var alias: String?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(alias: String? = nil, page: Int? = nil, limit: Int? = nil) {
        self.alias = alias
        self.page = page
        self.limit = limit
    }
}

/// Which page of the list of finetunings.
public struct FinetuningPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case status, alias, page, limit
    }

    /// Only those of this connection.
    public var databaseConnection: ObjectID?
    /// Only those with this status.
    public var status: FinetuningStatus?
    /// Only the one with this alias.
    public var alias: String?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(
        databaseConnection: ObjectID? = nil, status: FinetuningStatus? = nil, alias: String? = nil,
        page: Int? = nil, limit: Int? = nil
    ) {
        self.databaseConnection = databaseConnection
        self.status = status
        self.alias = alias
        self.page = page
        self.limit = limit
    }
}

/// What was removed.
public struct Deleted: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, deleted
    }

    /// The id that nothing has any more.
    public var id: ObjectID
    /// True.
    public var deleted: Bool

    /// A removal.
    public init(id: ObjectID) {
        self.id = id
        deleted = true
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// The number of a page.
    static let pageNumber = integer(from: 1).defaulting(to: 1)
    /// The size of a page.
    static let pageSize = integer(FieldLimits.pageSize)
        .defaulting(to: .number(JSONNumber(FieldLimits.usualPageSize)))
}

extension Paging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}

extension ConnectionPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}

extension AliasPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}

extension FinetuningPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}

extension Deleted: Refined {
    static let refinements = Dictionary([CodingKeys.deleted: .always(true)])
}
