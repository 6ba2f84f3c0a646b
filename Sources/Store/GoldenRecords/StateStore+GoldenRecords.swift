import FoundationEssentials
import GRDB
package import Identifiers
import Jobs
package import TrainingData

extension StateStore {
    /// Adds records, all or nothing, in one transaction. `whenCommitted` is called once they are on disk, soon, and must
    /// not block. Throws `notFound` for a connection that is not there.
    package func insert(
        _ records: [GoldenRecord], keeping reply: ReplyKeeping<Void>? = nil,
        whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) {
        let additions = additions
        try await write(keeping: reply, whenCommitted: whenCommitted) { _ in additions.add(records) }
    }

    /// The same without waiting: `whenDone` is called once the records are on disk or will not be, soon, from the thread
    /// that commits, and must not block it. It gets the first reply's body if the request was carried out before.
    package func insert(
        _ records: [GoldenRecord], keeping reply: ReplyKeeping<Void>?,
        whenDone: @escaping @Sendable (Result<[UInt8]?, StoreError>) -> Void
    ) {
        let additions = additions
        write(
            whenDone: { kept in whenDone(kept.flatMap { $0?.result.map(Optional.some) ?? .success(nil) }) },
            { db in try db.once(reply) { additions.add(records) } })
    }

    /// Changes a record as it is now, and returns what it became. Its connection stays. Throws `notFound`.
    package func updateRecord(
        _ id: ObjectID, _ change: @escaping @Sendable (inout GoldenRecord) -> Void
    ) async throws(StoreError) -> GoldenRecord {
        try await write { db in
            var record = try db.goldenRecord(id)
            change(&record)
            let (status, reason) = record.check.columns
            try db.run(
                """
                UPDATE golden_records SET prompt_text = ?, sql = ?, metadata = ?, check_status = ?,
                    check_reason = ?, updated_at = ?
                WHERE id = ?
                """, [record.promptText, record.sql, record.metadata?.text, status, reason, record.updatedAt, id])
            try db.store(record.execution, of: id)
            return record
        }
    }

    /// Stores what preparing records found, which makes an earlier run of theirs void, each only if its record is still
    /// there with the SQL that was checked. One that is to run, never ran and does not wait for it, waits from now on.
    package func store(_ verdicts: [RecordVerdict]) async throws(StoreError) {
        try await write { db in
            for verdict in verdicts {
                let (status, reason) = verdict.check.columns
                try db.run(
                    """
                    UPDATE golden_records SET check_status = ?1, check_reason = ?2, run_due = ?5, ran_at = NULL,
                        run_outcome = NULL, run_rows = NULL, run_digest = NULL
                    WHERE id = ?3 AND sql = ?4 AND (check_status IS NOT ?1 OR check_reason IS NOT ?2
                        OR (?5 AND run_due = 0 AND ran_at IS NULL))
                    """, [status, reason, verdict.record, verdict.sql, verdict.isToRun])
            }
        }
    }

    /// Deletes a record. Throws `notFound`, or `recordInUse` while a finetuning that is under way has it.
    /// Finetunings that have ended keep its id.
    package func deleteRecord(_ id: ObjectID) async throws(StoreError) {
        try await write { db in
            try db.checkExists(.goldenRecord, id)
            let user: ObjectID? = try db.one(
                """
                SELECT id FROM finetunings WHERE stage <> 'ended' AND id IN (
                    SELECT finetuning_id FROM \(Finetuning.recordsTable) WHERE golden_record_id = ?1
                    UNION ALL SELECT finetuning_id FROM \(Finetuning.heldOutTable) WHERE golden_record_id = ?1)
                LIMIT 1
                """, [id])
            if let user { throw StoreError.recordInUse(id, by: user) }
            try db.run("DELETE FROM golden_records WHERE id = ?", [id])
        }
    }
}

// MARK: Reading

extension StateStore {
    /// The record with this id. Throws `notFound`.
    package func record(_ id: ObjectID) async throws(StoreError) -> GoldenRecord {
        try await read { db in try db.goldenRecord(id) }
    }

    /// The records with these ids, in their order. Throws `notFound` for the first that is not there.
    package func records(_ ids: [ObjectID]) async throws(StoreError) -> [GoldenRecord] {
        try await read { db in try ids.map { try db.goldenRecord($0) } }
    }

    /// Those of the records with these ids that are still there, in their order.
    package func remainingRecords(_ ids: [ObjectID]) async throws(StoreError) -> [GoldenRecord] {
        try await read { db in
            try ids.compactMap { id in
                try db.first("SELECT * FROM golden_records WHERE id = ?", [id]).map(GoldenRecord.init)
            }
        }
    }

    /// The ids of a connection's records whose metadata says `must_pass`, in order.
    package func mustPassRecordIDs(of connection: ObjectID) async throws(StoreError) -> [ObjectID] {
        try await read { db in
            try ObjectID.fetchAll(
                db.cachedStatement(
                    sql: "SELECT id FROM golden_records WHERE connection_id = ? AND \(GoldenRecord.isMustPass) "
                        + "ORDER BY id"), arguments: [connection])
        }
    }

    /// A page of the records of one connection, or of all.
    package func records(of connection: ObjectID?, _ page: PageRequest) async throws(StoreError)
        -> Page<GoldenRecord>
    {
        try await read { db in
            Page(
                items: try db.goldenRecordRows(of: connection, on: page).map(GoldenRecord.init),
                total: try db.goldenRecordCount(of: connection))
        }
    }

    /// The next records of a connection in the order of ids, after `last` (from the first: `nil`): how to go over
    /// all of them without holding them all, whatever is added or deleted meanwhile.
    package func records(of connection: ObjectID, after last: ObjectID?, limit: Int) async throws(StoreError)
        -> [GoldenRecord]
    {
        try await read { db in
            try db.all(
                """
                SELECT * FROM golden_records WHERE connection_id = ? AND id > ifnull(?, x'')
                ORDER BY id LIMIT ?
                """, [connection, last, limit]
            ).map(GoldenRecord.init)
        }
    }

    /// How many records one connection has, or all.
    package func recordCount(of connection: ObjectID?) async throws(StoreError) -> Int {
        try await read { db in try db.goldenRecordCount(of: connection) }
    }
}

/// What a check found of a record, and the SQL that it looked at.
package struct RecordVerdict: Hashable, Sendable {
    /// The record.
    package var record: ObjectID
    /// Its SQL when it was checked.
    package var sql: String
    /// What was found.
    package var check: RecordCheck
    /// Whether the SQL is to be run next.
    package var isToRun: Bool

    /// A verdict.
    package init(record: ObjectID, sql: String, check: RecordCheck, isToRun: Bool = false) {
        self.record = record
        self.sql = sql
        self.check = check
        self.isToRun = isToRun
    }
}

extension Database {
    fileprivate func goldenRecord(_ id: ObjectID) throws -> GoldenRecord {
        guard let row = try first("SELECT * FROM golden_records WHERE id = ?", [id]) else {
            throw StoreError.notFound(.goldenRecord, id)
        }
        return try GoldenRecord(row)
    }

    /// How many records one connection has, or all: the sum of its blocks.
    func goldenRecordCount(of connection: ObjectID?) throws -> Int {
        try one(
            "SELECT ifnull(sum(count), 0) FROM golden_record_blocks WHERE scope = ?", [RecordList(of: connection).scope]
        ) ?? 0
    }

    /// The rows of one page of the records of one connection, or of all, in the order of ids.
    fileprivate func goldenRecordRows(of connection: ObjectID?, on page: PageRequest) throws -> [Row] {
        guard let start = try start(of: connection, nearest: page.offset) else { return [] }
        let filter = ListFilter().with("connection_id", connection)
        let clause = filter.clause(and: "id >= ?")
        let firstID = "SELECT id FROM golden_records\(clause) ORDER BY id LIMIT 1 OFFSET ?"
        return try all(
            "SELECT * FROM golden_records\(filter.clause(and: "id >= (\(firstID))")) ORDER BY id LIMIT ?",
            StatementArguments(
                filter.arguments + filter.arguments + [start.id, page.offset - start.recordsBefore, page.limit]))
    }

    /// Where to begin to count the records up to one with so many before it; nothing if there are not so many. See
    /// `StateSchema.recordBlocks`.
    private func start(
        of connection: ObjectID?, nearest offset: Int
    ) throws -> (id: DatabaseValue, recordsBefore: Int)? {
        // The first pages are what is read most, and nearer than any sum.
        if offset < StateSchema.recordsInBlock { return (Data().databaseValue, 0) }
        let row = try first(
            """
            SELECT first_id, records_before FROM (
                SELECT first_id, count, sum(count) OVER (ORDER BY first_id) - count AS records_before
                FROM golden_record_blocks WHERE scope = ?)
            WHERE records_before <= ? AND records_before + count > ?
            """, [RecordList(of: connection).scope, offset, offset])
        guard let row else { return nil }
        let reader = RowReader(table: "golden_record_blocks", row: row)
        return (try reader.value("first_id"), try reader.value("records_before"))
    }
}
