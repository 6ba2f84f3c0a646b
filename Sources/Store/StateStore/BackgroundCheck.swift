import GRDBSQLite
import Synchronization

/// A look at every page of a large state that was closed in order, while the daemon works already: a start need not
/// wait for it.
///
/// It has a connection of its own to the file (`UnwrittenDatabase`). Until it is done,
/// nothing of the log goes into the file: what it sees is what was closed, and stays as it was found if it is damaged.
final class BackgroundCheck: Sendable {
    /// The database file.
    let path: String
    private let isGivenUp = Atomic(false)

    /// A look at the database in this file.
    init(path: String) {
        self.path = path
    }

    /// Whether all is in order. Blocks, for some four seconds a gigabyte. Also `true` once it was given up.
    func isPassed() -> Bool {
        guard let database = UnwrittenDatabase(path: path) else { return false }
        sqlite3_progress_handler(
            database.connection, 10_000,
            { context in
                guard let context else { return 0 }
                let check = Unmanaged<BackgroundCheck>.fromOpaque(context).takeUnretainedValue()
                return check.isGivenUp.load(ordering: .relaxed) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        return database.texts("PRAGMA quick_check(1)") == ["ok"] || isGivenUp.load(ordering: .relaxed)
    }

    /// Ends it without a verdict, from any thread.
    func giveUp() {
        isGivenUp.store(true, ordering: .relaxed)
    }
}
