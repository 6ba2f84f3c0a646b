public import Identifiers

/// A database that golden records are about.
public struct DatabaseConnection: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, alias
        case connectionURI = "connection_uri"
        case dialect, schemas
        case llmAPIKey = "llm_api_key"
        case metadata
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case redaction
    }

    /// Its id.
    public var id: ObjectID
    /// Its name, unique.
    public var alias: String
    /// Where it is: `sqlite:///path` for one that the daemon can open.
    public var connectionURI: String?
    /// The SQL that it speaks: `sqlite`, `postgresql`.
    public var dialect: String
    /// The schemas in use; all where empty.
    public var schemas: [String]
    /// The last four characters of its own provider key, `"…abcd"`, if it has one.
    public var llmAPIKey: String?
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// When it was registered.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// Which of its values may leave the host, in training files and prompts.
    public var redaction: Redaction

    /// A connection.
    public init(
        id: ObjectID, alias: String, connectionURI: String?, dialect: String, schemas: [String], llmAPIKey: String?,
        metadata: JSONValue?, createdAt: Timestamp, updatedAt: Timestamp, redaction: Redaction
    ) {
        self.id = id
        self.alias = alias
        self.connectionURI = connectionURI
        self.dialect = dialect
        self.schemas = schemas
        self.llmAPIKey = llmAPIKey
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.redaction = redaction
    }
}

/// What registers a database.
public struct NewDatabaseConnection: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias
        case connectionURI = "connection_uri"
        case dialect, schemas
        case llmAPIKey = "llm_api_key"
        case metadata, redaction
    }

    /// Its name, unique.
    public var alias: String
    /// `sqlite:///path`; left out for a database that only the client can open.
    public var connectionURI: String?
    /// The SQL that it speaks; the URI's scheme says it where this is left out.
    public var dialect: String?
    /// The schemas in use; all where left out.
    public var schemas: [String]?
    /// A provider key of its own, which wins over the daemon's.
    public var llmAPIKey: String?
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// Which of its values may leave the host; `masked` where left out.
    public var redaction: Redaction?

    /// A registration.
    public init(
        alias: String, connectionURI: String? = nil, dialect: String? = nil, schemas: [String]? = nil,
        llmAPIKey: String? = nil, metadata: JSONValue? = nil, redaction: Redaction? = nil
    ) {
        self.alias = alias
        self.connectionURI = connectionURI
        self.dialect = dialect
        self.schemas = schemas
        self.llmAPIKey = llmAPIKey
        self.metadata = metadata
        self.redaction = redaction
    }
}

/// What changes a registration; keys left out stay.
public struct DatabaseConnectionChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias
        case connectionURI = "connection_uri"
        case dialect, schemas
        case llmAPIKey = "llm_api_key"
        case metadata, redaction
    }

    /// The new name.
    public var alias: String?
    /// The new place.
    public var connectionURI: Change<String>
    /// The new dialect.
    public var dialect: String?
    /// The new schemas.
    public var schemas: [String]?
    /// The new provider key; `null` removes it.
    public var llmAPIKey: Change<String>
    /// The new notes.
    public var metadata: Change<JSONValue>
    /// Which values may leave the host from now on.
    public var redaction: Redaction?

    /// Changes.
    public init(
        alias: String? = nil, connectionURI: Change<String> = .unchanged, dialect: String? = nil,
        schemas: [String]? = nil, llmAPIKey: Change<String> = .unchanged, metadata: Change<JSONValue> = .unchanged,
        redaction: Redaction? = nil
    ) {
        self.alias = alias
        self.connectionURI = connectionURI
        self.dialect = dialect
        self.schemas = schemas
        self.llmAPIKey = llmAPIKey
        self.metadata = metadata
        self.redaction = redaction
    }
}

/// Which of a database's values may leave the host, in training files and prompts: of sample rows and of the
/// categories of columns. Names, DDL, descriptions, questions and golden SQL leave in any case.
public enum Redaction: String, Codable, Sendable, Hashable, CaseIterable {
    /// No values.
    case nothing = "none"
    /// Values, but of columns that are likely personal their shape alone.
    case masked
    /// All values.
    case full
}

// MARK: For the OpenAPI document

extension Refinement {
    /// A unique name.
    fileprivate static let alias = text(FieldLimits.nameLength).example("shop")
    /// Where a database is.
    fileprivate static let uri = text(matching: "^[A-Za-z0-9+]+://").example("sqlite:///srv/shop/shop.sqlite")
    /// A key of a provider.
    fileprivate static let key = text(matching: #"^\s*[!-~]+\s*$"#)
}

extension DatabaseConnection: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .alias, .connectionURI: .example("sqlite:///srv/shop/shop.sqlite"),
        .dialect: .example("sqlite"), .llmAPIKey: .example("…abcd"), .metadata: .object,
    ])
}

extension NewDatabaseConnection: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .alias, .connectionURI: .uri, .dialect: .example("sqlite"), .llmAPIKey: .key,
        .metadata: .object, .redaction: Refinement.example("masked").defaulting(to: "masked"),
    ])
}

extension DatabaseConnectionChanges: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .alias, .connectionURI: .uri, .dialect: .example("sqlite"), .llmAPIKey: .key,
        .metadata: .object,
    ])
}
