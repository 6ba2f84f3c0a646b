/// One column of a table.
package struct Column: Hashable, Sendable {
    /// The name, without quotes.
    package var name: String
    /// The type as the DDL declares it; empty where it declares none.
    package var dataType: String
    /// What the column holds, in a person's words.
    package var description: String?
    /// Whether the column is the primary key, or one of several that are.
    package var isPrimaryKey: Bool
    /// Whether the column has so few distinct values that all of them can be listed.
    package var lowCardinality: Bool
    /// The distinct values of a low-cardinality column, sorted; `nil` where they are not known.
    package var categories: [String]?
    /// Where the column's values come from, if they refer to another table.
    package var foreignKey: ForeignKey?

    /// Makes a column from its parts.
    package init(
        name: String, dataType: String, description: String? = nil, isPrimaryKey: Bool = false,
        lowCardinality: Bool = false, categories: [String]? = nil, foreignKey: ForeignKey? = nil
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

/// The column of another table that a column's values come from.
package struct ForeignKey: Hashable, Sendable {
    /// The column referred to.
    package var fieldName: String
    /// The table that holds it.
    package var referenceTable: String

    /// Points at a column of a table.
    package init(fieldName: String, referenceTable: String) {
        self.fieldName = fieldName
        self.referenceTable = referenceTable
    }
}
