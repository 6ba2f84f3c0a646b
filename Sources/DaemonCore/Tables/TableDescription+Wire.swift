import FinetuneAPI
import TrainingData

extension Wire.TableDescription {
    /// The domain's form, as clients read it.
    init(_ table: TrainingData.TableDescription) throws {
        self.init(
            id: table.id, databaseConnection: table.connectionID, schemaName: table.schemaName,
            tableName: table.tableName, tableSchema: table.tableSchema, description: table.description,
            columns: table.columns.map { Wire.Column($0) }, examples: table.sampleRows.map(\.json),
            status: Status(table.status), metadata: try table.metadata?.json, createdAt: table.createdAt,
            updatedAt: table.updatedAt)
    }
}

extension Wire.TableDescription.Status {
    fileprivate init(_ status: ScanStatus) {
        self =
            switch status {
            case .notScanned: .notScanned
            case .scanned: .scanned
            case .deprecated: .deprecated
            }
    }
}

extension Wire.Column {
    fileprivate init(_ column: TrainingData.Column) {
        self.init(
            name: column.name, dataType: column.dataType, description: column.description,
            isPrimaryKey: column.isPrimaryKey, lowCardinality: column.lowCardinality, categories: column.categories,
            foreignKey: column.foreignKey.map { key in
                Wire.ForeignKey(fieldName: key.fieldName, referenceTable: key.referenceTable)
            })
    }
}

extension TrainingData.Column {
    /// A column as a client described it.
    init(_ column: Wire.Column) {
        self.init(
            name: column.name, dataType: column.dataType ?? "", description: column.description,
            isPrimaryKey: column.isPrimaryKey ?? false,
            lowCardinality: column.lowCardinality ?? (column.categories != nil), categories: column.categories,
            foreignKey: column.foreignKey.map { key in
                TrainingData.ForeignKey(fieldName: key.fieldName, referenceTable: key.referenceTable)
            })
    }
}

extension SampleRow {
    /// The row as an object by column name.
    fileprivate var json: JSONValue {
        .object(JSONObject(members: cells.map { .init(name: $0.column, value: $0.value.json) }))
    }

    /// Rows as clients send them: objects by column name.
    static func rows(_ objects: [JSONValue]) throws(APIError) -> [SampleRow] {
        var rows: [SampleRow] = []
        for (place, object) in objects.enumerated() {
            guard case .object(let members) = object else {
                throw .invalidField("examples.\(place)", "must be an object of values by column name")
            }
            var cells: [Cell] = []
            for member in members.members {
                let field = "examples.\(place).\(member.name)"
                cells.append(Cell(column: member.name, value: try SampleValue(member.value, field: field)))
            }
            rows.append(SampleRow(cells: cells))
        }
        return rows
    }
}

extension SampleValue {
    fileprivate var json: JSONValue {
        switch self {
        case .null: .null
        case .integer(let integer): .number(JSONNumber(Int(integer)))
        case .real(let real): .number(JSONNumber(real))
        case .text(let text): .string(text)
        case .blob(let byteCount): .string("(\(byteCount) bytes)")
        }
    }

    fileprivate init(_ value: JSONValue, field: String) throws(APIError) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self = .integer(bool ? 1 : 0)
        case .string(let text): self = .text(text)
        case .number(let number): self = number.integer.map { .integer(Int64($0)) } ?? .real(number.double)
        case .array, .object: throw .invalidField(field, "must be a single value")
        }
    }
}
