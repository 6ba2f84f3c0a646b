import GRDB
import Identifiers
import TrainingData

extension GoldenRecord {
    static let table = "golden_records"
    /// In SQL: whether its user marked it as one that every model has to answer. It has an index.
    static let isMustPass =
        "CASE WHEN json_valid(golden_records.metadata) THEN json_type(golden_records.metadata, '$.must_pass') END = 'true'"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), connectionID: try reader.value("connection_id"),
            promptText: try reader.value("prompt_text"), sql: try reader.value("sql"),
            metadata: try reader.optional("metadata").map(JSONText.init(text:)), check: try RecordCheck(reader),
            execution: try RecordExecution(reader), createdAt: try reader.value("created_at"),
            updatedAt: try reader.value("updated_at"))
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

extension RecordExecution {
    fileprivate init(_ reader: RowReader) throws {
        guard let at = try reader.optional("ran_at", as: Timestamp.self) else {
            self = try reader.value("run_due", as: Bool.self) ? .waiting : .unavailable
            return
        }
        self = .done(
            RecordRun(
                at: at, outcome: try reader.word("run_outcome"), rowCount: try reader.value("run_rows"),
                digest: try reader.digest("run_digest")))
    }
}

extension RowReader {
    fileprivate func digest(_ column: String) throws(StoreError) -> ResultDigest? {
        guard let text: String = try optional(column) else { return nil }
        guard let digest = ResultDigest(text: text) else { throw unreadable(column) }
        return digest
    }
}
