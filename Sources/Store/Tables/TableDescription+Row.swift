import GRDB
import Identifiers
import TrainingData

extension TableDescription {
    static let table = "table_descriptions"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), connectionID: try reader.value("connection_id"),
            schemaName: try reader.optional("schema_name"), tableName: try reader.value("table_name"),
            tableSchema: try reader.value("table_schema"), description: try reader.optional("description"),
            columns: try reader.json("columns", as: [StoredColumn].self).map(\.column),
            sampleRows: try reader.json("sample_rows", as: [[StoredCell]].self).map {
                SampleRow(cells: $0.map(\.cell))
            },
            status: try reader.word("status"), metadata: try reader.optional("metadata").map(JSONText.init(text:)),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"))
    }

    /// By name, for the statements that write the row.
    func columnValues() throws -> StatementArguments {
        [
            "id": id, "connection_id": connectionID, "schema_name": schemaName, "table_name": tableName,
            "table_schema": tableSchema, "description": description,
            "columns": try StoredJSON.text(columns.map(StoredColumn.init)),
            "sample_rows": try StoredJSON.text(sampleRows.map { $0.cells.map(StoredCell.init) }),
            "status": status.rawValue, "metadata": metadata?.text, "created_at": createdAt, "updated_at": updatedAt,
        ]
    }
}
