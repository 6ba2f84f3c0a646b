import GRDB
import Synchronization
import TrainingData

/// The golden records that the transaction under way adds. They wait for its end, so that those of all its writes are
/// inserted by few statements and counted at once: most of what it takes to insert one row is to begin and to end.
final class RecordAdditions: Sendable {
    private let waiting = Mutex<[GoldenRecord]>([])

    /// Has records inserted before the transaction commits.
    func add(_ records: [GoldenRecord]) {
        waiting.withLock { $0 += records }
    }

    /// Forgets those that wait, as what added them is undone.
    func forget() {
        waiting.withLock { $0 = [] }
    }

    /// Inserts those that wait, at the end of what has to hold together. Throws `notFound` for a connection that is not
    /// there.
    func insert(in db: Database) throws {
        var records = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !records.isEmpty else { return }
        records.sort { $0.id < $1.id }
        // Before, since what is there already has to be told from them.
        try RecordBlocks(db: db).count(records)
        do {
            try RecordInsertion(db: db).insert(records)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            for id in Set(records.map(\.connectionID)) { try db.checkExists(.databaseConnection, id) }
            throw error
        }
    }
}
