import GRDB
import Identifiers
import Jobs

extension Prompt {
    static let table = "prompts"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), text: try reader.value("text"), connection: try reader.value("connection_id"),
            schemas: try reader.json("schemas"), metadata: try reader.optional("metadata"),
            createdAt: try reader.value("created_at"))
    }
}
