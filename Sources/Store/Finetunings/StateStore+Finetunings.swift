package import Evaluations
import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// Accepts a finetuning: stores it, the golden records that it trains on and those that it holds out, in this
    /// order, what its model is for, and what happened so far, in one transaction. Returns the events.
    ///
    /// Throws `overBudget` if it may cost more than is left in that moment, `aliasInUse`, `notFound` for its
    /// connection or a record, or `foreignConnection` for a record of another connection.
    package func create(
        _ finetuning: Finetuning, records: [ObjectID], heldOut: [ObjectID] = [], happenings: [Happening],
        promotion: AutomaticPromotion? = nil, within budget: Budget = .unbounded,
        keeping reply: ReplyKeeping<[RecordedEvent]>? = nil
    ) async throws(StoreError) -> [RecordedEvent] {
        let events = try await write(keeping: reply) { db in
            try db.checkExists(.databaseConnection, finetuning.connectionID)
            guard try !db.exists("SELECT 1 FROM finetunings WHERE alias = ?", [finetuning.alias]) else {
                throw StoreError.aliasInUse(.finetuning, finetuning.alias)
            }
            try db.enterSpending(of: finetuning, within: budget)
            try db.run(Finetuning.insertion, try finetuning.columns())
            try db.link(records, to: finetuning, in: Finetuning.recordsTable)
            try db.link(heldOut, to: finetuning, in: Finetuning.heldOutTable)
            if let promotion { try db.insert(promotion) }
            let events = try db.append(happenings, to: finetuning.id, at: finetuning.createdAt)
            FailPoint.pass(.accepted, .before)
            return events
        }
        FailPoint.pass(.accepted, .after)
        return events
    }

    /// Changes a finetuning's notes as they are now, which is all that its user may change. Throws `notFound`.
    /// `whenCommitted` is called before anybody can read the change.
    package func changeMetadata(
        of id: ObjectID, at now: Timestamp, whenCommitted: @escaping @Sendable (Finetuning) -> Void = { _ in },
        _ change: @escaping @Sendable (inout String?) -> Void
    ) async throws(StoreError) -> Finetuning {
        try await write(whenCommitted: whenCommitted) { db in
            var metadata = try db.finetuning(id).metadata
            change(&metadata)
            try db.run(
                "UPDATE finetunings SET metadata = ?, updated_at = max(updated_at, ?) WHERE id = ?",
                [metadata, now, id])
            return try db.finetuning(id)
        }
    }

    /// Deletes a finetuning that has ended, its events and checkpoints. What it made at its provider stays in the
    /// ledger, and is returned; with `removingFileAt`, its files there are to be removed from that moment on.
    /// Throws `notFound`, `inProgress`, `evaluationInProgress` while its model is measured, `promotionOpen` until it is
    /// decided whether it is promoted, or `finetuningInUse` while an alias stands for it. `whenCommitted` is called
    /// before anybody can see that it is gone.
    @discardableResult
    package func deleteFinetuning(
        _ id: ObjectID, removingFileAt moment: Timestamp? = nil,
        whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) -> [ProviderObject] {
        let left = try await write(whenCommitted: { _ in whenCommitted() }) { db in
            let finetuning = try db.finetuning(id)
            guard finetuning.job.status.isTerminal else { throw StoreError.inProgress(id) }
            try db.checkIsNotMeasured(id)
            try db.checkAwaitsNoPromotion(finetuning)
            try db.checkServesNothing(id)
            if let moment { try db.requestFileRemoval(of: id, at: moment) }
            try db.run("DELETE FROM finetunings WHERE id = ?", [id])
            let left = try db.providerObjects(of: id)
            FailPoint.pass(.deleted, .before)
            return left
        }
        FailPoint.pass(.deleted, .after)
        return left
    }
}

extension Database {
    fileprivate func link(_ records: [ObjectID], to finetuning: Finetuning, in table: String) throws {
        let connection = try cachedStatement(sql: "SELECT connection_id FROM golden_records WHERE id = ?")
        let insertion = try cachedStatement(
            sql: """
                INSERT INTO \(table) (finetuning_id, position, golden_record_id) VALUES (?, ?, ?)
                """)
        for (position, record) in records.enumerated() {
            guard let owner = try ObjectID.fetchOne(connection, arguments: [record]) else {
                throw StoreError.notFound(.goldenRecord, record)
            }
            guard owner == finetuning.connectionID else { throw StoreError.foreignConnection(record: record) }
            try insertion.execute(arguments: [finetuning.id, position, record])
        }
    }

    /// The finetuning with this id. Throws `notFound`.
    func finetuning(_ id: ObjectID) throws -> Finetuning {
        guard let row = try first("SELECT * FROM finetunings WHERE id = ?", [id]) else {
            throw StoreError.notFound(.finetuning, id)
        }
        return try Finetuning(row)
    }
}

// MARK: Reading

extension StateStore {
    /// The finetuning with this id. Throws `notFound`.
    package func finetuning(_ id: ObjectID) async throws(StoreError) -> Finetuning {
        try await read { db in try db.finetuning(id) }
    }

    /// Whether a finetuning has this alias.
    package func hasFinetuning(alias: String) async throws(StoreError) -> Bool {
        try await read { db in try db.exists("SELECT 1 FROM finetunings WHERE alias = ?", [alias]) }
    }

    /// A page of the finetunings of a connection, with a status and with an alias, which is one at most; or of all.
    package func finetunings(
        of connection: ObjectID? = nil, status: FinetuningStatus? = nil, alias: String? = nil, _ page: PageRequest
    ) async throws(StoreError) -> Page<Finetuning> {
        try await read { db in
            let filter = ListFilter().with("connection_id", connection).with("status", status?.rawValue)
                .with("alias", alias)
            let total = try db.count(of: Finetuning.table, filter)
            let rows = try db.rows(of: Finetuning.table, filter, on: page, total: total)
            return Page(items: try rows.map(Finetuning.init), total: total)
        }
    }

    /// The next finetunings that have not ended after `last` (from the first: `nil`), oldest first: what a restarted
    /// daemon goes on with.
    package func unfinishedFinetunings(after last: ObjectID? = nil, limit: Int) async throws(StoreError)
        -> [Finetuning]
    {
        try await read { db in
            try db.all(
                "SELECT * FROM finetunings WHERE stage <> 'ended' AND id > ifnull(?, x'') ORDER BY id LIMIT ?",
                [last, limit]
            ).map(Finetuning.init)
        }
    }

    /// How many finetunings have each status; none are left out.
    package func finetuningCounts() async throws(StoreError) -> [FinetuningStatus: Int] {
        try await read { db in
            let zero = Dictionary(uniqueKeysWithValues: FinetuningStatus.allCases.map { ($0, 0) })
            return try db.all("SELECT status, count FROM finetuning_counts", [])
                .reduce(into: zero) { counts, row in
                    let reader = RowReader(table: Finetuning.table, row: row)
                    counts[try reader.word("status")] = try reader.value("count")
                }
        }
    }

    /// The ids of all of a finetuning's golden records, in training order; none if there is no such finetuning.
    package func recordIDs(of finetuning: ObjectID) async throws(StoreError) -> [ObjectID] {
        try await read { db in try db.linkedRecords(of: finetuning, in: Finetuning.recordsTable) }
    }

    /// The ids of all golden records that a finetuning holds out from training; none if there is no such finetuning.
    package func heldOutRecordIDs(of finetuning: ObjectID) async throws(StoreError) -> [ObjectID] {
        try await read { db in try db.linkedRecords(of: finetuning, in: Finetuning.heldOutTable) }
    }

    /// The ids of all golden records of several finetunings, in their order: for lists, in one go.
    package func recordIDs(ofEach finetunings: [ObjectID]) async throws(StoreError) -> [FinetuningRecordIDs] {
        try await read { db in
            try finetunings.map { id in
                FinetuningRecordIDs(
                    trained: try db.linkedRecords(of: id, in: Finetuning.recordsTable),
                    heldOut: try db.linkedRecords(of: id, in: Finetuning.heldOutTable))
            }
        }
    }

    /// A page of the ids of a finetuning's golden records, in training order. Throws `notFound`.
    package func recordIDs(of finetuning: ObjectID, _ page: PageRequest) async throws(StoreError) -> Page<ObjectID> {
        try await read { db in try db.linkedRecords(of: finetuning, in: Finetuning.recordsTable, page) }
    }

    /// A page of the ids of the golden records that a finetuning holds out. Throws `notFound`.
    package func heldOutRecordIDs(
        of finetuning: ObjectID, _ page: PageRequest
    ) async throws(StoreError) -> Page<ObjectID> {
        try await read { db in try db.linkedRecords(of: finetuning, in: Finetuning.heldOutTable, page) }
    }
}

/// The ids of a finetuning's golden records.
package struct FinetuningRecordIDs: Hashable, Sendable {
    /// Those that it trains on, in training order.
    package let trained: [ObjectID]
    /// Those that it holds out from training.
    package let heldOut: [ObjectID]

    /// Ids of golden records.
    package init(trained: [ObjectID], heldOut: [ObjectID]) {
        self.trained = trained
        self.heldOut = heldOut
    }
}

extension Database {
    fileprivate func linkedRecords(of finetuning: ObjectID, in table: String) throws -> [ObjectID] {
        try ObjectID.fetchAll(
            cachedStatement(
                sql: "SELECT golden_record_id FROM \(table) WHERE finetuning_id = ? ORDER BY position"),
            arguments: [finetuning])
    }

    fileprivate func linkedRecords(
        of finetuning: ObjectID, in table: String, _ page: PageRequest
    ) throws -> Page<ObjectID> {
        try checkExists(.finetuning, finetuning)
        // Positions count from zero without gaps, so the last one tells how many there are.
        let total: Int? = try one("SELECT max(position) + 1 FROM \(table) WHERE finetuning_id = ?", [finetuning])
        let ids = try ObjectID.fetchAll(
            cachedStatement(
                sql: """
                    SELECT golden_record_id FROM \(table)
                    WHERE finetuning_id = ? AND position >= ? ORDER BY position LIMIT ?
                    """), arguments: [finetuning, page.offset, page.limit])
        return Page(items: ids, total: total ?? 0)
    }
}
