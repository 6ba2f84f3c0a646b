import CSQLite
import GRDB
import TrainingData

extension DatabaseQueue {
    /// Opens the state's database, or makes it, and brings it up to date. Blocks.
    ///
    /// All of it is looked at before it is used. If that is left for later, what is written stays in the log, and the
    /// file as it is, until `Database.letLogIntoFile`.
    static func state(
        in directory: StateDirectory, isCheckedLater: Bool, progress: @escaping StateStore.OpeningProgress
    ) throws(StoreError) -> DatabaseQueue {
        try directory.refuseLostDatabase()
        try directory.prepareDatabaseFile()
        StatementJournals.keepInMemory()
        SQLiteMemory.keepByThread()
        LogWrites.gather()
        do {
            let database = try DatabaseQueue(
                path: directory.databasePath,
                configuration: .state(isCheckedLater: isCheckedLater, progress: progress))
            try database.writeWithoutTransaction { db in
                try db.claim(path: directory.databasePath)
                try db.enterWriteAheadLogMode(path: directory.databasePath)
            }
            try database.bringUpToDate(backups: directory.backups, progress: progress)
            return database
        } catch {
            throw StoreError(opening: directory.databasePath, error)
        }
    }

    private func bringUpToDate(backups: BackupFolder, progress: StateStore.OpeningProgress) throws {
        let migrator = DatabaseMigrator.state
        let applied = try read { db in try migrator.appliedIdentifiers(db) }
        let pending = migrator.migrations.filter { !applied.contains($0) }
        guard let next = pending.first else { return }
        if applied.isEmpty {
            progress(.making)
        } else {
            progress(.backingUp)
            try backUp(into: backups, before: next)
            progress(.migrating(pending))
        }
        FailPoint.pass(.migration, .before)
        try migrator.migrate(self)
    }

    // The file tells by its name which version of this program can read it.
    private func backUp(into folder: BackupFolder, before migration: String) throws {
        let target = try folder.takePath("before-\(migration.prefix { $0 != " " })")
        do {
            try inDatabase { db in
                let copy = try OnlineBackup(of: db, to: folder.unfinished(target))
                while try !copy.step() {}
            }
            _ = try folder.finish(target)
        } catch {
            folder.discard(target)
            throw error
        }
    }
}

/// Where SQLite keeps the pages that a statement or a savepoint may have to restore.
private enum StatementJournals {
    // What clients' writes need, mostly. It has to be less than 128 KiB: SQLite moves all of it to the file in one write,
    // and of a write it takes no more than the lower 17 bits of the length, which then fails as if the disk were full.
    private static let bytesInMemory: Int32 = 120 << 10

    /// By default they become a file at 64 KiB, and in SQLite's exclusive mode that file is used ever after, also by the
    /// smallest write. To be called before anything else of SQLite's; later it changes nothing.
    static func keepInMemory() {
        _ = csqlite_set_statement_journal_spill(bytesInMemory)
    }
}

/// How what a commit changed gets into the log: eight pages or more, in two pieces each.
private enum LogWrites {
    private static let gathered: Void = {
        // Where it cannot be, each piece is written by itself, which takes longer.
        _ = csqlite_gather_log_writes()
    }()

    /// Has all of a commit written at once, when it waits for the disk: every commit of the state's does.
    static func gather() {
        gathered
    }
}

extension Configuration {
    fileprivate static func state(
        isCheckedLater: Bool, progress: @escaping StateStore.OpeningProgress
    ) -> Configuration {
        var configuration = Configuration()
        configuration.label = "state"
        configuration.foreignKeysEnabled = true
        // Only a process that ignores our lock can make us wait, and that one is refused after this.
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            // Before the first read: SQLite then needs no shared memory, and shuts every other process out.
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            if isCheckedLater {
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            } else {
                progress(.checking)
                try db.quickCheck()
                try db.letLogIntoFile()
            }
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }
}

extension Database {
    /// From now on, what was written goes from the log into the file now and then.
    func letLogIntoFile() throws {
        // In pages. Moving the log into the database holds all writes up for two fsyncs; this rarely, it costs
        // them little, and the log stays small enough to be read at once after a crash.
        try execute(sql: "PRAGMA wal_autocheckpoint = 4000")
    }

    /// Looks at every page, as this connection sees it. Throws `SQLITE_CORRUPT`; then this connection never writes the
    /// log into the file again.
    func quickCheck() throws {
        let anchor = try makeStatement(sql: "SELECT 1")
        do {
            let verdict = try String.fetchOne(self, sql: "PRAGMA quick_check(1)") ?? "no answer"
            guard verdict == "ok" else {
                // A line for every broken page follows the first two.
                let reason = verdict.split(separator: "\n").prefix(2).joined(separator: " ")
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: reason)
            }
        } catch {
            // Closing would write the log into the damaged file, and whoever repairs it wants both as they are.
            // SQLite keeps a connection that has a statement until the process ends.
            _ = Unmanaged.passRetained(anchor)
            throw error
        }
    }

    /// Marks a new database as ours. Refuses that of another program, or of a later version of this one, before
    /// anything is changed.
    fileprivate func claim(path: String) throws {
        guard try exists("SELECT 1 FROM sqlite_schema", []) else {
            return try execute(sql: "PRAGMA application_id = \(StateSchema.applicationID)")
        }
        guard try Int.fetchOne(self, sql: "PRAGMA application_id") == StateSchema.applicationID else {
            throw StoreError.corrupt(place: path, reason: "it is the SQLite database of another program")
        }
        let applied = try DatabaseMigrator.state.appliedIdentifiers(self)
        let unknown = applied.subtracting(DatabaseMigrator.state.migrations)
        guard unknown.isEmpty else {
            throw StoreError.newerVersion(path: path, unknownMigrations: unknown.sorted())
        }
    }

    fileprivate func enterWriteAheadLogMode(path: String) throws {
        guard try String.fetchOne(self, sql: "PRAGMA journal_mode = WAL") == "wal" else {
            throw StoreError.degraded(reason: "\(path): no write-ahead log can be kept there")
        }
    }
}
