import FinetuneAPI

/// Makes records of rows.
struct RecordShape: Sendable {
    private var names: [String] = []
    private var columns: Result<RecordColumns, RowProblem>?
    /// Names that were not used, as far as rows had any.
    private(set) var unusedNames: Set<String> = []

    /// The record that a row holds.
    mutating func record(of row: Row) -> Result<ImportedRecord, RowProblem> {
        row.content.flatMap { object in record(of: object, line: row.line) }
    }

    private mutating func record(of object: JSONObject, line: Int) -> Result<ImportedRecord, RowProblem> {
        let object = normalized(object)
        return columns(of: object).flatMap { columns in
            Self.text(object[columns.question], columns.question).flatMap { question in
                Self.text(object[columns.sql], columns.sql).flatMap { sql in
                    Self.metadata(object["metadata"]).map { metadata in
                        ImportedRecord(line: line, promptText: question, sql: sql, metadata: metadata)
                    }
                }
            }
        }
    }

    private func normalized(_ object: JSONObject) -> JSONObject {
        let isNormal = object.members.allSatisfy { $0.name == RecordColumns.normalized($0.name) }
        if isNormal { return object }
        return JSONObject(
            members: object.members.map { .init(name: RecordColumns.normalized($0.name), value: $0.value) })
    }

    // Rows of one file mostly have the same names, so the last choice is kept.
    private mutating func columns(of object: JSONObject) -> Result<RecordColumns, RowProblem> {
        if let columns, object.members.lazy.map(\.name).elementsEqual(names) { return columns }
        names = object.members.map(\.name)
        let found = RecordColumns.found(among: names)
        if case .success(let columns) = found { unusedNames.formUnion(columns.unused) }
        columns = found
        return found
    }

    private static func text(_ value: JSONValue?, _ name: String) -> Result<String, RowProblem> {
        guard let text = value?.string else {
            return .failure(RowProblem(reason: "\(name) must be a string, not \(value?.kind ?? "nothing")"))
        }
        if text.utf8.contains(0) { return .failure(RowProblem(reason: "\(name) \(BrokenText.nul)")) }
        if text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            return .failure(RowProblem(reason: "\(name) is empty"))
        }
        return .success(text)
    }

    /// Metadata is an object; in a table's cell it is an object's text.
    private static func metadata(_ value: JSONValue?) -> Result<JSONValue?, RowProblem> {
        switch value {
        case nil, .null, .string(""): return .success(nil)
        case .object: return .success(value)
        case .string(let text):
            let problem = RowProblem(reason: "metadata is no JSON object")
            return Result { try JSONParser.parse(text.utf8) }.mapError { _ in problem }
                .flatMap { $0.object == nil ? .failure(problem) : .success($0) }
        case .bool, .number, .array:
            return .failure(RowProblem(reason: "metadata must be an object"))
        }
    }
}
