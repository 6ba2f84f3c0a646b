/// What a scan found of one table or view.
package struct ScannedTable: Hashable, Sendable {
    /// What stands behind the name.
    package enum Kind: Hashable, Sendable {
        case table
        case view
        /// A table that a module of SQLite implements, such as a full-text index.
        case virtual
    }

    /// Whether it is a table or something that reads like one.
    package var kind: Kind
    /// The name, without quotes.
    package var tableName: String
    /// The DDL as the database keeps it, without a semicolon at its end.
    package var tableSchema: String
    /// Empty for a view or virtual table whose columns this SQLite cannot find out.
    package var columns: [Column]
    /// Empty for views and virtual tables: reading those may run any amount of work.
    package var sampleRows: [SampleRow]
}
