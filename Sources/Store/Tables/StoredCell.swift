import TrainingData

/// A cell of a sample row as the JSON of `table_descriptions.sample_rows` holds it: the column, and the value
/// under the name of its storage class. NULL has no value.
struct StoredCell: Codable {
    var column: String
    var integer: Int64?
    var real: Double?
    var text: String?
    var blobByteCount: Int?

    init(_ cell: SampleRow.Cell) {
        column = cell.column
        switch cell.value {
        case .null: break
        case .integer(let value): integer = value
        case .real(let value): real = value
        case .text(let value): text = value
        case .blob(let byteCount): blobByteCount = byteCount
        }
    }

    var cell: SampleRow.Cell { SampleRow.Cell(column: column, value: value) }

    private var value: SampleValue {
        if let integer { return .integer(integer) }
        if let real { return .real(real) }
        if let text { return .text(text) }
        if let blobByteCount { return .blob(byteCount: blobByteCount) }
        return .null
    }
}
