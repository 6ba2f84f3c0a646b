import GRDB

extension DatabaseQueue {
    /// Opens the state's database, or makes it, and brings it up to date. Blocks.
    static func state(in directory: StateDirectory) throws(StoreError) -> DatabaseQueue {
        let wasLeftOpen = directory.wasLeftOpen
        try directory.prepareDatabaseFile()
        do {
            let database = try DatabaseQueue(path: directory.databasePath, configuration: .state)
            try database.writeWithoutTransaction { db in
                if wasLeftOpen { try db.checkAfterCrash(path: directory.databasePath) }
                try db.checkOwner(path: directory.databasePath)
                try db.enterWriteAheadLogMode(path: directory.databasePath)
            }
            try DatabaseMigrator.state.migrate(database)
            return database
        } catch {
            throw StoreError(opening: directory.databasePath, error)
        }
    }
}

extension Configuration {
    fileprivate static var state: Configuration {
        var configuration = Configuration()
        configuration.label = "state"
        configuration.foreignKeysEnabled = true
        // Only a process that ignores our lock can make us wait, and that one is refused after this.
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            // Before the first read: SQLite then needs no shared memory, and shuts every other process out.
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL")
        }
        return configuration
    }
}

extension Database {
    // Costs time with the size of the file, so a start after a clean stop goes without.
    fileprivate func checkAfterCrash(path: String) throws {
        let verdict = try String.fetchOne(self, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard verdict == "ok" else { throw StoreError.corrupt(place: path, reason: verdict) }
    }

    /// Refuses the database of another program, or of a later version of this one, before anything is changed.
    fileprivate func checkOwner(path: String) throws {
        guard try Bool.fetchOne(self, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema)") == true else { return }
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
