import GRDB

/// A look at all of a backup before it takes the place of the state.
package enum BackupCheck {
    /// Throws what a start from the backup would end with: `corrupt`, or `newerVersion`. Changes nothing. Blocks, for
    /// some four seconds a gigabyte.
    package static func look(at path: String) throws(StoreError) {
        guard let database = UnwrittenDatabase(path: path),
            database.texts("PRAGMA application_id") == [String(StateSchema.applicationID)],
            let applied = database.texts("SELECT identifier FROM grdb_migrations")
        else { throw .corrupt(place: path, reason: "it is no backup of the daemon's state, or damaged") }
        let unknown = Set(applied).subtracting(DatabaseMigrator.state.migrations)
        guard unknown.isEmpty else { throw .newerVersion(path: path, unknownMigrations: unknown.sorted()) }
        guard let verdict = database.texts("PRAGMA quick_check(1)") else {
            throw .corrupt(place: path, reason: "it is damaged, or cannot be read to its end")
        }
        guard verdict == ["ok"] else { throw .corrupt(place: path, reason: verdict.first ?? "no answer") }
    }

    /// Whether a start from the backup would succeed.
    static func passes(_ path: String) -> Bool {
        do {
            try look(at: path)
            return true
        } catch {
            return false
        }
    }
}
