package import Identifiers

extension TableDescription {
    /// Describes a table that a scan found for the first time.
    package init(id: ObjectID, connectionID: ObjectID, scanned table: ScannedTable, at time: Timestamp) {
        self.init(
            id: id, connectionID: connectionID, tableName: table.tableName, tableSchema: table.tableSchema,
            columns: table.columns, sampleRows: table.sampleRows, status: .scanned, createdAt: time, updatedAt: time)
    }

    /// Takes over what a later scan found. What people wrote stays: the description, the metadata, and the
    /// descriptions of those columns that are still there.
    package mutating func update(from table: ScannedTable, at time: Timestamp) {
        let written = Dictionary(columns.map { ($0.name, $0.description) }, uniquingKeysWith: { first, _ in first })
        tableName = table.tableName
        tableSchema = table.tableSchema
        columns = table.columns.map { column in
            var column = column
            column.description = written[column.name] ?? nil
            return column
        }
        sampleRows = table.sampleRows
        status = .scanned
        updatedAt = time
    }
}
