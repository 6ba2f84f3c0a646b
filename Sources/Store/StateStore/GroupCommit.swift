import GRDB
import Synchronization

/// Lets writes of many tasks share one commit, and so one fsync.
///
/// While a group is being committed, newcomers gather; they are the next group. A write that throws undoes itself and
/// no other: the whole group is undone then, and run again with each write in a savepoint of its own. Few throw, and a
/// savepoint, for which SQLite keeps a copy of every page, costs as much as many a write. So a write may run twice, and
/// must change nothing but the database and `additions`. Nobody gets an answer before the group is on disk.
///
/// A write does not notice that its caller was cancelled: GRDB's `async` functions would roll it back, and a
/// status that a provider told us just before a shutdown would be lost. Hence the callbacks instead.
final class GroupCommit: Sendable {
    private struct State {
        var waiting: [PendingWrite] = []
        var isScheduled = false
        var health = StorageHealth.healthy
    }

    // Keeps the time that a read waits behind a group short.
    private static let largestGroup = 256

    private let database: DatabaseQueue
    private let additions: RecordAdditions
    private let state = Mutex(State())

    /// Commits to a database, with what its writes leave in `additions`.
    init(_ database: DatabaseQueue, _ additions: RecordAdditions) {
        self.database = database
        self.additions = additions
    }

    /// How the last commit went.
    var health: StorageHealth { state.withLock { $0.health } }

    /// Runs `work` in a transaction, and returns what it returned once that is on disk. `whenCommitted` is called
    /// with it before that, while nobody can have read what was written yet.
    func write<Value: Sendable>(
        whenCommitted: @escaping @Sendable (Value) -> Void = { _ in },
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            enqueue(PendingWrite(work, whenCommitted) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// The same, without waiting: `whenDone` is called with the result.
    func write<Value: Sendable>(
        whenDone: @escaping @Sendable (Result<Value, StoreError>) -> Void,
        _ work: @escaping @Sendable (Database) throws -> Value
    ) {
        enqueue(PendingWrite(work, { _ in }, whenDone))
    }

    private func enqueue(_ write: PendingWrite) {
        state.withLock { $0.waiting.append(write) }
        scheduleGroup()
    }

    // One group is scheduled at a time. The next goes to the end of the queue, so that reads get their turn.
    private func scheduleGroup() {
        let isDue = state.withLock { state in
            guard !state.isScheduled, !state.waiting.isEmpty else { return false }
            state.isScheduled = true
            return true
        }
        guard isDue else { return }
        database.asyncWriteWithoutTransaction { db in
            self.commit(self.nextGroup(), in: db)
            self.scheduleGroup()
        }
    }

    private func nextGroup() -> [PendingWrite] {
        state.withLock { state in
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            state.isScheduled = false
            return group
        }
    }

    private func commit(_ group: [PendingWrite], in db: Database) {
        do {
            if health != .healthy { try bringLogToDisk(db) }
            let answers = try commitTogether(group, in: db) ?? commitApart(group, in: db)
            note(.healthy)
            // Whoever waits for a reply that leaves at the commit should not wait for what the others do then.
            for answer in answers { answer.tellOfCommit() }
            for answer in answers { answer.tellCaller() }
        } catch {
            let error = StoreError(error)
            if case .degraded(let reason) = error { note(.degraded(reason: reason)) }
            for write in group { write.fail(error) }
        }
    }

    // After a failed fsync the system takes for written what never reached the disk, earlier commits in the log included,
    // and a next fsync says nothing of it. While it still has them, all of them go into the database file, and the log
    // begins anew.
    private func bringLogToDisk(_ db: Database) throws {
        try db.checkpoint(.truncate)
    }

    /// Commits all writes, or none: `nil` if one of several threw. The only one of a group is undone by the transaction.
    private func commitTogether(_ group: [PendingWrite], in db: Database) throws -> [PendingWrite.Answer]? {
        do {
            return try db.inTransaction {
                let answers = try group.map { try $0.run(db) }
                try additions.insert(in: db)
                return answers
            }
        } catch {
            additions.forget()
            guard group.count > 1, !StoreError(error).isDegraded else { throw error }
            return nil
        }
    }

    private func commitApart(_ group: [PendingWrite], in db: Database) throws -> [PendingWrite.Answer] {
        try db.inTransaction { try group.map { try attempt($0, in: db) } }
    }

    // As GRDB's `inSavepoint` does, but with statements that stay prepared.
    private func attempt(_ write: PendingWrite, in db: Database) throws -> PendingWrite.Answer {
        try db.run("SAVEPOINT one_of_group", [])
        do {
            let answer = try write.run(db)
            try additions.insert(in: db)
            try db.run("RELEASE one_of_group", [])
            return answer
        } catch {
            additions.forget()
            let reason = StoreError(error)
            // SQLite undoes the whole transaction on some errors, and a disk that fails one write fails the commit.
            if reason.isDegraded { throw reason }
            guard db.isInsideTransaction else { throw reason }
            try db.run("ROLLBACK TO one_of_group", [])
            try db.run("RELEASE one_of_group", [])
            return PendingWrite.Answer(tellCaller: { write.fail(reason) })
        }
    }

    private func note(_ health: StorageHealth) {
        state.withLock { $0.health = health }
    }
}

extension Database {
    // As GRDB's, but with statements that stay prepared.
    fileprivate func inTransaction<Result>(_ work: () throws -> Result) throws -> Result {
        try run("BEGIN IMMEDIATE TRANSACTION", [])
        do {
            let result = try work()
            try run("COMMIT TRANSACTION", [])
            return result
        } catch {
            // Some errors have SQLite undo the transaction by itself.
            if isInsideTransaction { try run("ROLLBACK TRANSACTION", []) }
            throw error
        }
    }
}

/// Whether the state can be written, as far as the last commit tells.
package enum StorageHealth: Hashable, Sendable {
    /// It could be.
    case healthy
    /// It could not, for this reason. Reads go on.
    case degraded(reason: String)
}

/// A write, and who is told what came of it.
private struct PendingWrite: Sendable {
    /// What there is to do after the commit.
    struct Answer {
        var tellOfCommit: () -> Void = {}
        let tellCaller: () -> Void
    }

    /// Does the work.
    let run: @Sendable (Database) throws -> Answer
    /// Tells the caller that nothing was done.
    let fail: @Sendable (StoreError) -> Void

    init<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value,
        _ whenCommitted: @escaping @Sendable (Value) -> Void,
        _ whenDone: @escaping @Sendable (Result<Value, StoreError>) -> Void
    ) {
        run = { db in
            let value = try work(db)
            return Answer(tellOfCommit: { whenCommitted(value) }, tellCaller: { whenDone(.success(value)) })
        }
        fail = { whenDone(.failure($0)) }
    }
}
