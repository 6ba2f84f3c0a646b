public import Identifiers

/// A table as prompts show it.
public struct TableDescription: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case databaseConnection = "db_connection_id"
        case schemaName = "schema_name"
        case tableName = "table_name"
        case tableSchema = "table_schema"
        case description, columns, examples, status, metadata
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// What the daemon knows of the table in its database.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// A client described it.
        case notScanned = "not_scanned"
        /// The daemon read it.
        case scanned
        /// It is no longer in the database.
        case deprecated
    }

    /// Its id.
    public var id: ObjectID
    /// The database it is in.
    public var databaseConnection: ObjectID
    /// Its schema, where the database has schemas.
    public var schemaName: String?
    /// Its name.
    public var tableName: String
    /// Its `CREATE TABLE` statement.
    public var tableSchema: String
    /// What it holds, in words.
    public var description: String?
    /// Its columns, in order.
    public var columns: [Column]
    /// Sample rows: objects by column name.
    public var examples: [JSONValue]
    /// What the daemon knows of it.
    public var status: Status
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// When it was described.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// A description.
    public init(
        id: ObjectID, databaseConnection: ObjectID, schemaName: String?, tableName: String, tableSchema: String,
        description: String?, columns: [Column], examples: [JSONValue], status: Status, metadata: JSONValue?,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.databaseConnection = databaseConnection
        self.schemaName = schemaName
        self.tableName = tableName
        self.tableSchema = tableSchema
        self.description = description
        self.columns = columns
        self.examples = examples
        self.status = status
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A column as prompts show it.
public struct Column: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case dataType = "data_type"
        case description
        case isPrimaryKey = "is_primary_key"
        case lowCardinality = "low_cardinality"
        case categories
        case foreignKey = "foreign_key"
    }

    /// Its name.
    public var name: String
    /// Its type, as declared.
    public var dataType: String?
    /// What it holds, in words.
    public var description: String?
    /// Whether it is the primary key, or part of it.
    public var isPrimaryKey: Bool?
    /// Whether it has few different values.
    public var lowCardinality: Bool?
    /// Those values.
    public var categories: [String]?
    /// The column that its values come from.
    public var foreignKey: ForeignKey?

    /// A column.
    public init(
        name: String, dataType: String? = nil, description: String? = nil, isPrimaryKey: Bool? = nil,
        lowCardinality: Bool? = nil, categories: [String]? = nil, foreignKey: ForeignKey? = nil
    ) {
        self.name = name
        self.dataType = dataType
        self.description = description
        self.isPrimaryKey = isPrimaryKey
        self.lowCardinality = lowCardinality
        self.categories = categories
        self.foreignKey = foreignKey
    }
}

/// Where a column's values come from.
public struct ForeignKey: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case fieldName = "field_name"
        case referenceTable = "reference_table"
    }

    /// The column there.
    public var fieldName: String
    /// The table there.
    public var referenceTable: String

    /// A reference.
    public init(fieldName: String, referenceTable: String) {
        self.fieldName = fieldName
        self.referenceTable = referenceTable
    }
}

/// What describes a table.
public struct NewTableDescription: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case schemaName = "schema_name"
        case tableName = "table_name"
        case tableSchema = "table_schema"
        case description, columns, examples, metadata
    }

    /// The database it is in.
    public var databaseConnection: ObjectID
    /// Its schema, where the database has schemas.
    public var schemaName: String?
    /// Its name.
    public var tableName: String
    /// Its `CREATE TABLE` statement.
    public var tableSchema: String
    /// What it holds, in words.
    public var description: String?
    /// Its columns, in order.
    public var columns: [Column]?
    /// Sample rows: objects by column name.
    public var examples: [JSONValue]?
    /// The user's own notes, an object.
    public var metadata: JSONValue?

    /// A description.
    public init(
        databaseConnection: ObjectID, schemaName: String? = nil, tableName: String, tableSchema: String,
        description: String? = nil, columns: [Column]? = nil, examples: [JSONValue]? = nil,
        metadata: JSONValue? = nil
    ) {
        self.databaseConnection = databaseConnection
        self.schemaName = schemaName
        self.tableName = tableName
        self.tableSchema = tableSchema
        self.description = description
        self.columns = columns
        self.examples = examples
        self.metadata = metadata
    }
}

/// What changes a description; keys left out stay.
public struct TableDescriptionChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case tableSchema = "table_schema"
        case description, columns, examples, metadata
    }

    /// The new `CREATE TABLE` statement.
    public var tableSchema: String?
    /// The new words.
    public var description: Change<String>
    /// The new columns, all of them.
    public var columns: [Column]?
    /// The new sample rows, all of them.
    public var examples: [JSONValue]?
    /// The new notes.
    public var metadata: Change<JSONValue>

    /// Changes.
    public init(
        tableSchema: String? = nil, description: Change<String> = .unchanged, columns: [Column]? = nil,
        examples: [JSONValue]? = nil, metadata: Change<JSONValue> = .unchanged
    ) {
        self.tableSchema = tableSchema
        self.description = description
        self.columns = columns
        self.examples = examples
        self.metadata = metadata
    }
}

/// Which tables to scan.
public struct SchemaSync: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case tableNames = "table_names"
    }

    /// The database.
    public var databaseConnection: ObjectID
    /// The tables; all where left out.
    public var tableNames: [String]?

    /// A scan.
    public init(databaseConnection: ObjectID, tableNames: [String]? = nil) {
        self.databaseConnection = databaseConnection
        self.tableNames = tableNames
    }
}

/// Which database to scan again.
public struct TableRefresh: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
    }

    /// The database.
    public var databaseConnection: ObjectID

    /// A refresh.
    public init(databaseConnection: ObjectID) {
        self.databaseConnection = databaseConnection
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// A table's DDL.
    fileprivate static let ddl = text.example("CREATE TABLE customers (id INTEGER PRIMARY KEY, country TEXT)")
    /// A table's name.
    fileprivate static let tableName = text(FieldLimits.nameLength).example("customers")
}

extension TableDescription: Refined {
    static let refinements = Dictionary([
        CodingKeys.tableName: .tableName, .tableSchema: .ddl, .examples: .objects, .metadata: .object,
    ])
}

extension NewTableDescription: Refined {
    static let refinements = Dictionary([
        CodingKeys.tableName: .tableName, .tableSchema: .ddl, .examples: .objects, .metadata: .object,
    ])
}

extension TableDescriptionChanges: Refined {
    static let refinements = Dictionary([
        CodingKeys.tableSchema: .ddl, .examples: .objects, .metadata: .object,
        .description: .example("Who buys from the shop"),
    ])
}

extension Column: Refined {
    static let refinements = Dictionary([CodingKeys.name: .example("country"), .dataType: .example("TEXT")])
}
