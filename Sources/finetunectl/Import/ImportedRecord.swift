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
    func json(for connection: ObjectID) -> JSONValue {
        var object = JSONObject(members: [
            .init(name: "db_connection_id", value: .string(connection.description)),
            .init(name: "prompt_text", value: .string(promptText)),
            .init(name: "sql", value: .string(sql)),
        ])
        object["metadata"] = metadata
        return .object(object)
    }
}

/// A part of a file that is no record.
struct BrokenRow: Hashable, Sendable {
    let line: Int
    let problem: RowProblem
}
