import GRDB

/// A look at all of a database that nobody else uses. It blocks: a second for each gigabyte or so.
struct StateCheck {
    private static let told = 100

    let path: String

    /// What is wrong, a line each, at most a hundred of a kind.
    func problems() throws(StoreError) -> [String] {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let copy = try DatabaseQueue(path: path, configuration: configuration)
            let problems = try copy.read { db in
                let pages = try Self.pages(db)
                // What refers to what is not to be told from pages that are damaged.
                return pages.isEmpty ? try Self.references(db) + Self.blocks(db) + Self.tallies(db) : pages
            }
            try copy.close()
            return problems
        } catch {
            throw StoreError(error)
        }
    }

    private static func pages(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "PRAGMA integrity_check(\(told))").filter { $0 != "ok" }
    }

    private static func references(_ db: Database) throws -> [String] {
        // One at a time: where much is missing, a large state has millions of them.
        let rows = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check").prefix(told)
        return try Array(
            rows.map { row in
                let (table, parent) = (row["table"] as String? ?? "?", row["parent"] as String? ?? "?")
                return "a row of \(table) refers to a row of \(parent) that is not there"
            })
    }

    // The first condition finds a block whose count is wrong, the second one records that are in none. What is after
    // every id stands for the block that no block follows, so that each looks at its own part of an index alone.
    private static func blocks(_ db: Database) throws -> [String] {
        let wrong = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM (
                    SELECT scope, first_id, count,
                        lead(first_id, 1, x'\(String(repeating: "ff", count: 13))')
                            OVER (PARTITION BY scope ORDER BY first_id) AS next_id
                    FROM golden_record_blocks) AS block
                WHERE count <> iif(scope = x'',
                    (SELECT count(*) FROM golden_records WHERE id >= block.first_id AND id < next_id),
                    (SELECT count(*) FROM golden_records
                        WHERE connection_id = scope AND id >= block.first_id AND id < next_id))
                """)
        let missing = try Int.fetchOne(
            db,
            sql: """
                SELECT max(
                    abs((SELECT count(*) FROM golden_records)
                        - (SELECT ifnull(sum(count), 0) FROM golden_record_blocks WHERE scope = x'')),
                    abs((SELECT count(*) FROM golden_records)
                        - (SELECT ifnull(sum(count), 0) FROM golden_record_blocks WHERE scope <> x'')))
                """)
        return wrong == 0 && missing == 0
            ? [] : ["golden_record_blocks: \(wrong ?? 0) counts are wrong, \(missing ?? 0) records are in no block"]
    }

    private static func tallies(_ db: Database) throws -> [String] {
        let finetunings = try differences(
            db, between: "SELECT status, count FROM finetuning_counts WHERE count > 0",
            and: "SELECT status, count(*) FROM finetunings GROUP BY status")
        let spending = try differences(
            db, between: "SELECT day_start, owner_uid, finetunings, microdollars FROM spending_days",
            and: """
                SELECT accepted_at - accepted_at % \(StateSchema.microsecondsPerDay) AS day_start, owner_uid, count(*),
                    total(microdollars)
                FROM spending GROUP BY day_start, owner_uid
                """)
        return [(finetunings, "finetuning_counts"), (spending, "spending_days")]
            .filter { $0.0 > 0 }.map { "\($1): \($0) tallies are wrong or missing" }
    }

    private static func differences(_ db: Database, between kept: String, and counted: String) throws -> Int {
        let sql = """
            SELECT count(*) FROM (SELECT * FROM (\(kept) EXCEPT \(counted))
                UNION ALL SELECT * FROM (\(counted) EXCEPT \(kept)))
            """
        return try Int.fetchOne(db, sql: sql) ?? 0
    }
}
