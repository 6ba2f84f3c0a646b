import GRDB
import Identifiers
import TrainingData

extension GoldenRecord {
    static let table = "golden_records"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), connectionID: try reader.value("connection_id"),
            promptText: try reader.value("prompt_text"), sql: try reader.value("sql"),
            metadata: try reader.optional("metadata").map(JSONText.init(text:)), check: try RecordCheck(reader),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"))
    }
}

extension RecordCheck {
    private enum Word: String {
        case valid, invalid, unchecked
    }

    fileprivate init(_ reader: RowReader) throws {
        let word: Word = try reader.word("check_status")
        self =
            switch word {
            case .valid: .valid
            case .invalid: .invalid(reason: try reader.value("check_reason"))
            case .unchecked: .unchecked(reason: try reader.value("check_reason"))
            }
    }

    /// `check_status` and `check_reason`.
    var columns: (status: String, reason: String?) {
        switch self {
        case .valid: (Word.valid.rawValue, nil)
        case .invalid(let reason): (Word.invalid.rawValue, reason)
        case .unchecked(let reason): (Word.unchecked.rawValue, reason)
        }
    }
}
