import GRDB
package import Identifiers
package import TrainingData

extension StateStore {
    /// The connections that have records to run.
    package func connectionsWithRecordsToRun() async throws(StoreError) -> [ObjectID] {
        try await read { db in
            try db.all(
                """
                SELECT id FROM database_connections AS c WHERE
                    EXISTS (SELECT 1 FROM golden_records WHERE connection_id = c.id AND run_due = 1)
                    OR EXISTS (SELECT 1 FROM record_sweeps WHERE connection_id = c.id)
                ORDER BY id
                """, []
            ).map { try RowReader(table: "database_connections", row: $0).value("id") }
        }
    }

    /// The records of a connection that are to run next: first those that never ran, then those of a sweep.
    package func recordsToRun(of connection: ObjectID, limit: Int) async throws(StoreError) -> RecordsToRun {
        try await read { db in
            let due = try db.all(
                "SELECT * FROM golden_records WHERE connection_id = ? AND run_due = 1 ORDER BY id LIMIT ?",
                [connection, limit])
            if !due.isEmpty { return RecordsToRun(records: try due.map(GoldenRecord.init), sweep: nil) }
            let sweep: Int? = try db.one("SELECT begun FROM record_sweeps WHERE connection_id = ?", [connection])
            let swept = try db.all(
                """
                SELECT golden_records.* FROM record_sweeps JOIN golden_records USING (connection_id)
                WHERE connection_id = ? AND \(RecordSweep.isLeft)
                ORDER BY id LIMIT ?
                """, [connection, limit])
            return RecordsToRun(records: try swept.map(GoldenRecord.init), sweep: sweep)
        }
    }

    /// All records that a connection has now are to run again, from the first. What they gave before stands until then.
    package func beginSweep(of connection: ObjectID) async throws(StoreError) {
        try await write { db in
            try db.run(
                """
                INSERT INTO record_sweeps (connection_id, after_id, last_id)
                    SELECT connection_id, x'', id FROM golden_records WHERE connection_id = ?
                    ORDER BY id DESC LIMIT 1
                ON CONFLICT DO UPDATE SET after_id = x'', last_id = excluded.last_id, begun = begun + 1
                """, [connection])
        }
    }

    /// Ends a sweep, unless there are records left in it: it may have begun anew.
    package func endSweep(of connection: ObjectID) async throws(StoreError) {
        try await write { db in
            try db.run(
                """
                DELETE FROM record_sweeps WHERE connection_id = ? AND NOT EXISTS (
                    SELECT 1 FROM golden_records WHERE connection_id = record_sweeps.connection_id
                        AND \(RecordSweep.isLeft))
                """, [connection])
        }
    }

    /// The SQL of a connection's records is not run after all: its database is none that is opened here.
    package func cancelRuns(of connection: ObjectID) async throws(StoreError) {
        try await write { db in
            try db.run("UPDATE golden_records SET run_due = 0 WHERE connection_id = ? AND run_due = 1", [connection])
            try db.run("DELETE FROM record_sweeps WHERE connection_id = ?", [connection])
        }
    }

    /// Stores what running records on the database at `uri` gave, unless their connection has another by now: each only
    /// if its record is still there with the SQL that ran, and has not been found invalid meanwhile. The sweep they are
    /// part of goes on after the last of them, unless it was begun anew. Throws `notFound`.
    package func store(
        _ runs: [RecordRunVerdict], of connection: ObjectID, on uri: String, sweep: Int?
    ) async throws(StoreError) {
        try await write { db in
            guard try db.connection(connection).uriToRunOn == uri else { return }
            for verdict in runs { try db.store(verdict) }
            if let sweep, let last = runs.last {
                try db.run(
                    "UPDATE record_sweeps SET after_id = ? WHERE connection_id = ? AND begun = ?",
                    [last.record, connection, sweep])
            }
        }
    }

    /// How many records of a connection have which check, and how many wait to be run.
    package func checkCounts(of connection: ObjectID) async throws(StoreError) -> RecordCheckCounts {
        try await read { db in
            try db.checkExists(.databaseConnection, connection)
            return try db.checkCounts(of: connection)
        }
    }
}

private enum RecordSweep {
    /// Whether a record is still to run in its connection's sweep. Those that came after it began run by themselves.
    static let isLeft = """
        id > after_id AND (last_id IS NULL OR id <= last_id) AND (check_status = 'valid' OR ran_at IS NOT NULL)
        """
}

/// Records to run.
package struct RecordsToRun: Sendable {
    /// In the order of their ids; none if there is nothing to run.
    package let records: [GoldenRecord]
    /// How often the sweep was begun that they are part of, which is over if there are none; nothing for records that
    /// never ran.
    package let sweep: Int?
}

/// What running a record gave, and the SQL that ran.
package struct RecordRunVerdict: Sendable {
    /// The record.
    package var record: ObjectID
    /// Its SQL when it ran.
    package var sql: String
    /// What it says of the SQL.
    package var check: RecordCheck
    /// What came of it.
    package var run: RecordRun

    /// A verdict.
    package init(record: ObjectID, sql: String, check: RecordCheck, run: RecordRun) {
        self.record = record
        self.sql = sql
        self.check = check
        self.run = run
    }
}

/// How many golden records have which check.
package struct RecordCheckCounts: Hashable, Sendable {
    /// Those that are valid.
    package var valid = 0
    /// Those that are invalid.
    package var invalid = 0
    /// Those that nobody can judge.
    package var unchecked = 0
    /// Those, of all, whose SQL is still to be run.
    package var waiting = 0
    /// Whether records are still to be run again, because the tables were scanned or changed.
    package var isSweeping = false
}

extension Database {
    /// Stores whether a record waits to be run, and what came of it.
    func store(_ execution: RecordExecution, of record: ObjectID) throws {
        let last = execution.run
        try run(
            """
            UPDATE golden_records SET run_due = ?, ran_at = ?, run_outcome = ?, run_rows = ?, run_digest = ?
            WHERE id = ?
            """,
            [
                execution == .waiting, last?.at, last?.outcome.rawValue, last?.rowCount, last?.digest?.text, record,
            ])
    }

    fileprivate func store(_ verdict: RecordRunVerdict) throws {
        let (status, reason) = verdict.check.columns
        try run(
            """
            UPDATE golden_records SET check_status = ?, check_reason = ?, run_due = 0, ran_at = ?, run_outcome = ?,
                run_rows = ?, run_digest = ?
            WHERE id = ? AND sql = ? AND (check_status = 'valid' OR ran_at IS NOT NULL)
            """,
            [
                status, reason, verdict.run.at, verdict.run.outcome.rawValue, verdict.run.rowCount,
                verdict.run.digest?.text, verdict.record, verdict.sql,
            ])
    }

    fileprivate func checkCounts(of connection: ObjectID) throws -> RecordCheckCounts {
        func doubtful(_ status: String) throws -> Int {
            try one(
                """
                SELECT COUNT(*) FROM golden_records INDEXED BY golden_records_doubtful
                WHERE connection_id = ? AND check_status = ? AND check_status <> 'valid'
                """, [connection, status]) ?? 0
        }
        var counts = RecordCheckCounts()
        counts.invalid = try doubtful("invalid")
        counts.unchecked = try doubtful("unchecked")
        counts.valid = try goldenRecordCount(of: connection) - counts.invalid - counts.unchecked
        counts.waiting =
            try one("SELECT COUNT(*) FROM golden_records WHERE connection_id = ? AND run_due = 1", [connection]) ?? 0
        counts.isSweeping = try exists(
            """
            SELECT 1 FROM record_sweeps JOIN golden_records USING (connection_id)
            WHERE connection_id = ? AND \(RecordSweep.isLeft)
            """, [connection])
        return counts
    }
}
