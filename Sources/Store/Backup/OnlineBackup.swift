import GRDB
import GRDBSQLite

/// A copy of the database in the making, some pages at a time, while reads and writes go on in between.
///
/// SQLite carries writes of the connection that is copied over into the pages that the copy has already, so the
/// copy is whole at its end however long that takes, and no write waits for longer than one step.
///
/// Unchecked, because the queue of the database that is copied guards it: nothing here is used elsewhere.
final class OnlineBackup: @unchecked Sendable {
    /// Short enough for a read not to notice: half a MiB of pages.
    private static let pagesPerStep: Int32 = 128

    private let copy: DatabaseQueue
    private var handle: OpaquePointer?

    /// Begins a copy of `source`. Whoever keeps it brings it to the disk: SQLite would do so in the last step, while
    /// everybody else waits.
    init(of source: Database, to path: String) throws {
        copy = try DatabaseQueue(path: path)
        try copy.inDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
        handle = copy.inDatabase { sqlite3_backup_init($0.sqliteConnection, "main", source.sqliteConnection, "main") }
        guard handle != nil else { throw StoreError.degraded(reason: "\(path): a copy cannot be begun there") }
    }

    deinit {
        abandon()
    }

    /// Copies some pages; whether that was the last of them.
    func step() throws -> Bool {
        let result = sqlite3_backup_step(handle, Self.pagesPerStep)
        switch result {
        case SQLITE_DONE:
            try end()
            return true
        case SQLITE_OK: return false
        default:
            abandon()
            throw DatabaseError(resultCode: ResultCode(rawValue: result))
        }
    }

    /// Gives the copy up.
    private func abandon() {
        sqlite3_backup_finish(handle)
        handle = nil
    }

    private func end() throws {
        let result = sqlite3_backup_finish(handle)
        handle = nil
        guard result == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
        // A copy is one file: whoever restores it has no log to take along.
        try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
    }
}
