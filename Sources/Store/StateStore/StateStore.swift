import Dispatch
import GRDB

/// Everything that the daemon must not forget: one SQLite file, `state.sqlite`, in a directory of its own.
///
/// There is exactly one connection to the file, on one serial queue, and no second process opens it (a lock on
/// the directory and SQLite's exclusive locking mode see to that). So a write is never lost to another, no read
/// sees half of one, and reads need no transaction.
///
/// Every function here waits without blocking the caller's thread, and finishes its work though the caller's task
/// is cancelled. A write has reached the disk when its function returns.
package final class StateStore: Sendable {
    private let database: DatabaseQueue
    private let commits: GroupCommit
    /// Golden records on their way into the database.
    let additions = RecordAdditions()
    private let lock: StateLock
    private let laterCheck: BackgroundCheck?
    let backups: BackupFolder

    private init(database: DatabaseQueue, lock: StateLock, laterCheck: BackgroundCheck?, backups: BackupFolder) {
        self.backups = backups
        self.database = database
        self.commits = GroupCommit(database, additions)
        self.lock = lock
        self.laterCheck = laterCheck
    }

    /// What takes its time when a state is opened.
    package enum OpeningStep: Hashable, Sendable {
        /// Looking at every page of the database: some four seconds for each gigabyte.
        case checking
        /// Copying it, before it is changed.
        case backingUp
        /// Changing its schema, by migrations of these names.
        case migrating([String])
        /// Laying out a new one.
        case making
    }

    /// Is told of each step as it begins, on the thread that does it.
    package typealias OpeningProgress = @Sendable (OpeningStep) -> Void

    /// Opens the state in `directory`, which is made (mode 0700) if it is missing, and brings it up to date.
    ///
    /// All of it is looked at first, unless it is large and was closed in order: see `finishOpening`.
    ///
    /// Throws `locked` while another process has it, `newerVersion`, `corrupt` (the file is left as it is) or
    /// `degraded`.
    package static func open(
        directory: String, progress: @escaping OpeningProgress = { _ in }
    ) async throws(StoreError) -> StateStore {
        try await onABlockingThread { () throws(StoreError) in
            let directory = StateDirectory(path: directory)
            try directory.prepare()
            let lock = try StateLock(directory)
            directory.backups.discardLeftovers()
            let laterCheck = directory.mayBeCheckedLater ? BackgroundCheck(path: directory.databasePath) : nil
            let database: DatabaseQueue
            do throws(StoreError) {
                database = try DatabaseQueue.state(
                    in: directory, isCheckedLater: laterCheck != nil, progress: progress)
            } catch {
                throw error.naming(newestOf: directory.backups)
            }
            return StateStore(database: database, lock: lock, laterCheck: laterCheck, backups: directory.backups)
        }
    }

    /// Looks at what `open` left for later, while everything else goes on. To be called once, soon after the start; ends
    /// early, and looks at the rest at another start, if the task is cancelled.
    ///
    /// Throws `corrupt` if something is damaged: the daemon has to end without closing the store, whose file is then
    /// left as it was found.
    package func finishOpening() async throws(StoreError) {
        guard let laterCheck else { return }
        let isPassed = await withTaskCancellationHandler {
            await onABlockingThread(.utility) { () throws(Never) in laterCheck.isPassed() }
        } onCancel: {
            laterCheck.giveUp()
        }
        try await read { [path = laterCheck.path, backups] db in
            // It may have looked on while the log was written into the file after a failed fsync.
            if !isPassed {
                do { try db.quickCheck() } catch { throw StoreError(opening: path, error).naming(newestOf: backups) }
            }
            try db.letLogIntoFile()
        }
    }

    /// Waits for the work under way, writes everything into the one file and lets go of the directory.
    /// Whatever comes later throws `closed`.
    package func close() async throws(StoreError) {
        let database = database
        try await onABlockingThread { () throws(StoreError) in
            do { try database.close() } catch { throw StoreError(error) }
        }
        lock.release()
    }

    /// Whether the last write reached the disk.
    package var health: StorageHealth { commits.health }

    // GRDB's own reads would set the connection read-only and open a transaction first, which takes longer than
    // most of what is read here.
    func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            database.asyncWriteWithoutTransaction { db in
                continuation.resume(returning: Result { try work(db) }.mapError { StoreError($0) })
            }
        }
        return try result.get()
    }

    /// Runs `work` in a transaction. `whenCommitted` gets its result once that is on disk, and before anybody can
    /// read what was written: it is the moment to forget what is kept of the state before. It must not block.
    func write<Value: Sendable>(
        whenCommitted: @escaping @Sendable (Value) -> Void = { _ in },
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.write(whenCommitted: whenCommitted, work)
    }

    /// The same for who does not wait: `whenDone` is called from the thread that commits, once all is on disk or nothing
    /// will be. It must not block.
    func write<Value: Sendable>(
        whenDone: @escaping @Sendable (Result<Value, StoreError>) -> Void,
        _ work: @escaping @Sendable (Database) throws -> Value
    ) {
        commits.write(whenDone: whenDone, work)
    }
}
