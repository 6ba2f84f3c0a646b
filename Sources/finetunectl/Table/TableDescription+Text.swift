import FinetuneAPI
import Identifiers

extension TextTable {
    /// Tables, one a row.
    init(tables: [TableDescription]) {
        self.init(
            columns: [
                .fixed("ID"), .flexible("TABLE"), .fixed("STATUS"), .fixed("COLUMNS", .right),
                .flexible("DESCRIPTION"),
            ],
            rows: tables.map { table in
                [
                    Cell(table.id.description), Cell(table.qualifiedName),
                    Cell(table.status.rawValue, table.status.style), Cell(String(table.columns.count)),
                    Cell(table.description ?? ""),
                ]
            },
            absence: "No tables. Let the daemon read them: finetunectl table scan CONNECTION")
    }

    /// A table's columns, one a row.
    init(columns: [FinetuneAPI.Column]) {
        self.init(
            columns: [
                .flexible("COLUMN"), .flexible("TYPE"), .fixed("KEY"), .flexible("VALUES"), .flexible("DESCRIPTION"),
            ],
            rows: columns.map { column in
                [
                    Cell(column.name), Cell(column.dataType ?? ""), Cell(column.key),
                    Cell((column.categories ?? []).joined(separator: ", ")), Cell(column.description ?? ""),
                ]
            },
            absence: "No columns are described.")
    }
}

extension FieldList {
    /// One table, without its columns.
    init(_ table: TableDescription) {
        self.init()
        add("id", table.id.description)
        add("connection", table.databaseConnection.description)
        add("table", table.qualifiedName)
        add("status", table.status.rawValue, table.status.style)
        add("description", table.description)
        add("sample rows", String(table.examples.count))
        add("metadata", table.metadata?.text)
        add("created", table.createdAt.readable)
        add("updated", table.updatedAt.readable)
        addBlock("schema", table.tableSchema)
    }
}

extension TableDescription.Status {
    fileprivate var style: Style {
        switch self {
        case .scanned: .good
        case .notScanned: .plain
        case .deprecated: .doubtful
        }
    }
}

extension FinetuneAPI.Column {
    fileprivate var key: String {
        let reference = foreignKey.map { "→ \($0.referenceTable).\($0.fieldName)" }
        return [isPrimaryKey == true ? "primary" : nil, reference].compactMap(\.self).joined(separator: " ")
    }
}
