import GRDB
@testable import Store

extension StateStore {
    /// Runs SQL in the store's own database.
    func execute(_ sql: String) async throws(StoreError) {
        try await write { db in try db.execute(sql: sql) }
    }

    /// SQLite's plan for a query, a step a line.
    func plan(of sql: String) async throws(StoreError) -> [String] {
        try await read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] }
        }
    }
}
