import FinetuneAPI
import Identifiers

/// A golden record as a file holds it.
struct ImportedRecord: Equatable, Sendable {
    /// The line on which it begins.
    let line: Int
    let promptText: String
    let sql: String
    let metadata: JSONValue?

    /// The record as a request carries it.
    func json(for connection: ObjectID) -> [UInt8] {
        var writer = JSONWriter(capacity: promptText.utf8.count + sql.utf8.count + 96)
        writer.raw("{\"db_connection_id\":\"")
        writer.raw(connection.description.utf8)
        writer.raw("\",\"prompt_text\":")
        writer.string(promptText)
        writer.raw(",\"sql\":")
        writer.string(sql)
        if let metadata {
            writer.raw(",\"metadata\":")
            writer.value(metadata)
        }
        writer.raw("}")
        return writer.bytes
    }
}

/// A part of a file that is no record.
struct BrokenRow: Hashable, Sendable {
    let line: Int
    let problem: RowProblem
}
