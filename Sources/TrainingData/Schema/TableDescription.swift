package import Identifiers

/// What is known of one table of a connection: its DDL, and what a reader of it needs to write SQL.
package struct TableDescription: Hashable, Sendable {
    /// The description's own id.
    package let id: ObjectID
    /// The connection to whose database the table belongs.
    package let connectionID: ObjectID
    /// The schema that holds the table; `nil` where the database has none, or only its default.
    package var schemaName: String?
    /// The name, without quotes and schema.
    package var tableName: String
    /// The table's DDL: a `CREATE TABLE` or `CREATE VIEW` statement.
    package var tableSchema: String
    /// What the table holds, in a person's words.
    package var description: String?
    /// In the table's own order.
    package var columns: [Column]
    /// A few rows, as examples.
    package var sampleRows: [SampleRow]
    /// How the description stands to the database.
    package var status: ScanStatus
    /// What the client keeps with the description.
    package var metadata: JSONText?
    /// When the description was made.
    package let createdAt: Timestamp
    /// When it was last changed or scanned.
    package var updatedAt: Timestamp

    /// Makes a description from its parts.
    package init(
        id: ObjectID, connectionID: ObjectID, schemaName: String? = nil, tableName: String, tableSchema: String,
        description: String? = nil, columns: [Column] = [], sampleRows: [SampleRow] = [], status: ScanStatus,
        metadata: JSONText? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.connectionID = connectionID
        self.schemaName = schemaName
        self.tableName = tableName
        self.tableSchema = tableSchema
        self.description = description
        self.columns = columns
        self.sampleRows = sampleRows
        self.status = status
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The name that people and messages use: `schema.table`, or the table's name alone.
    package var qualifiedName: String {
        schemaName.map { "\($0).\(tableName)" } ?? tableName
    }

    /// Whether prompts that are limited to these schemas may show the table: all where none is named, and always a
    /// table without a schema.
    package func isShown(in schemas: [String]) -> Bool {
        guard let schemaName, !schemas.isEmpty else { return true }
        return schemas.contains(schemaName)
    }
}

/// How a description stands to the table it describes. The raw value is the word of the wire and of the store.
package enum ScanStatus: String, CaseIterable, Hashable, Sendable {
    /// A client sent it; the daemon has not looked at the database.
    case notScanned = "not_scanned"
    /// The last scan found the table and described it.
    case scanned
    /// The last scan found that the database no longer has the table.
    case deprecated
}
