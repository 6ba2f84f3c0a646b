import GRDB
package import Identifiers

/// A backup that was made.
package struct Backup: Hashable, Sendable {
    /// The file.
    package let path: String
    /// Its size.
    package let byteCount: Int
    /// Older backups that were removed for it.
    package var removed: [String] = []
}

extension StateStore {
    /// Copies the state into a new file in its directory's `backups`, consistent as of the end of the copying,
    /// while reads and writes go on. Training files are not in it: they are made anew from the records.
    ///
    /// The file has its name only once it is whole and on disk. Only then are older ones removed, so that with this
    /// one `keep` are left; those that were made before a migration stay. Throws `degraded` if the disk does not take
    /// it.
    package func backup(at now: Timestamp, keep: Int? = nil) async throws(StoreError) -> Backup {
        let folder = backups
        let target = try await onABlockingThread { () throws(StoreError) in
            try folder.takePath(BackupFolder.regularPrefix + now.fileNamePart)
        }
        do {
            try await copyDatabase(to: folder.unfinished(target))
        } catch {
            try await onABlockingThread { () throws(StoreError) in folder.discard(target) }
            throw error
        }
        return try await onABlockingThread { () throws(StoreError) in
            var backup = try folder.finish(target)
            if let keep { backup.removed = try folder.removeOldest(keeping: keep, besides: backup) }
            return backup
        }
    }

    private func copyDatabase(to path: String) async throws(StoreError) {
        let copy = try await read { db in try OnlineBackup(of: db, to: path) }
        while try await !read({ _ in try copy.step() }) {}
    }

    /// Looks at every page, index, reference and kept count. What is wrong, a line each; nothing where all is in
    /// order.
    ///
    /// It looks at a copy, so that nothing has to wait for it: made as a backup is, consistent as of its end, page by
    /// page as the daemon reads them, and removed again. So it needs as much free space as the state takes.
    package func check() async throws(StoreError) -> [String] {
        let folder = backups
        let target = try await onABlockingThread { () throws(StoreError) in try folder.takePath("check") }
        do throws(StoreError) {
            try await copyDatabase(to: folder.unfinished(target))
            let problems = try await onABlockingThread { () throws(StoreError) in
                defer { folder.discard(target) }
                return try StateCheck(path: folder.unfinished(target)).problems()
            }
            return problems
        } catch {
            try await onABlockingThread { () throws(StoreError) in folder.discard(target) }
            guard case .corrupt(_, let reason, _) = error else { throw error }
            return [reason]
        }
    }
}

extension StoreError {
    /// The same, with the backup that can be restored where the state cannot be read. Blocks.
    func naming(newestOf backups: BackupFolder) -> StoreError {
        guard case .corrupt(let place, let reason, _) = self else { return self }
        return .corrupt(place: place, reason: reason, newestBackup: backups.newestSound())
    }
}
