import TrainingData

/// A column as the JSON of `table_descriptions.columns` holds it.
struct StoredColumn: Codable {
    var name: String
    var dataType: String
    var description: String?
    var isPrimaryKey: Bool
    var lowCardinality: Bool
    var categories: [String]?
    var foreignKey: StoredForeignKey?

    struct StoredForeignKey: Codable {
        var fieldName: String
        var referenceTable: String
    }

    init(_ column: Column) {
        name = column.name
        dataType = column.dataType
        description = column.description
        isPrimaryKey = column.isPrimaryKey
        lowCardinality = column.lowCardinality
        categories = column.categories
        foreignKey = column.foreignKey.map {
            StoredForeignKey(fieldName: $0.fieldName, referenceTable: $0.referenceTable)
        }
    }

    var column: Column {
        Column(
            name: name, dataType: dataType, description: description, isPrimaryKey: isPrimaryKey,
            lowCardinality: lowCardinality, categories: categories,
            foreignKey: foreignKey.map { ForeignKey(fieldName: $0.fieldName, referenceTable: $0.referenceTable) })
    }
}
