import GRDB
package import Identifiers

extension StoredKind {
    /// The table that holds things of this kind.
    var table: String {
        switch self {
        case .databaseConnection: "database_connections"
        case .tableDescription: "table_descriptions"
        case .goldenRecord: "golden_records"
        case .finetuning: "finetunings"
        case .evaluation: "evaluations"
        case .prompt: "prompts"
        case .sqlGeneration: "sql_generations"
        }
    }
}

extension Database {
    /// Throws `notFound` unless there is such a thing.
    func checkExists(_ kind: StoredKind, _ id: ObjectID) throws {
        guard try exists("SELECT 1 FROM \(kind.table) WHERE id = ?", [id]) else {
            throw StoreError.notFound(kind, id)
        }
    }
}

extension StateStore {
    /// The newest id in use, after which new ones have to come though the clock was set back; `nil` at first.
    package func newestID() async throws(StoreError) -> ObjectID? {
        try await read { db in
            try StoredKind.allCases.compactMap { kind in
                try db.one("SELECT max(id) FROM \(kind.table)", [], as: ObjectID.self)
            }.max()
        }
    }
}
