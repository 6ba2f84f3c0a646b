#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Identifiers

/// The folder of the backups, inside of the state's, mode 0700. All of it blocks.
struct BackupFolder: Hashable, Sendable {
    private static let suffix = ".sqlite"
    private static let unfinishedSuffix = ".unfinished"
    /// What the names of backups begin with that were asked for. Those before a migration are called otherwise.
    static let regularPrefix = "state-"

    let path: String

    private func prepare() throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// Makes the folder if it is missing, and takes a path in it that nobody has yet: an empty file holds the place of
    /// what is to be finished there, or discarded.
    func takePath(_ name: String) throws(StoreError) -> String {
        try prepare()
        for number in 1...1_000 {
            let target = "\(path)/\(name)\(number == 1 ? "" : "-\(number)")\(Self.suffix)"
            guard access(target, F_OK) != 0 else { continue }
            let file = open(unfinished(target), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 || errno == EEXIST else { throw failure(target) }
            guard file >= 0 else { continue }
            close(file)
            // Whoever finished one of this name in between has it for good.
            if access(target, F_OK) != 0 { return target }
            unlink(unfinished(target))
        }
        throw .degraded(reason: "\(path): too many backups are called \(name)")
    }

    /// Where a backup is while it is not whole.
    func unfinished(_ target: String) -> String { target + Self.unfinishedSuffix }

    /// Brings a whole backup to the disk and gives it its name.
    func finish(_ target: String) throws(StoreError) -> Backup {
        let unfinished = unfinished(target)
        let file = open(unfinished, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw failure(unfinished) }
        defer { close(file) }
        var information = stat()
        guard fchmod(file, 0o600) == 0, fstat(file, &information) == 0, fsync(file) == 0,
            rename(unfinished, target) == 0, StateDirectory(path: path).synchronize()
        else { throw failure(unfinished) }
        return Backup(path: target, byteCount: Int(information.st_size))
    }

    /// Removes what a process that died left unfinished. To be called while nobody makes a backup.
    func discardLeftovers() {
        for name in names() ?? [] where name.contains(Self.unfinishedSuffix) { unlink("\(path)/\(name)") }
    }

    /// Removes what there is of a backup that failed.
    func discard(_ target: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(unfinished(target) + suffix) }
    }

    /// Removes the oldest of the backups that were asked for, so that with this one `count` are left; returns their
    /// paths.
    func removeOldest(keeping count: Int, besides newest: Backup) throws(StoreError) -> [String] {
        // Names hold the time, so they sort by it.
        let others = try regularNames().sorted().map { "\(path)/\($0)\(Self.suffix)" }.filter { $0 != newest.path }
        let old = Array(others.dropLast(count - 1))
        for path in old {
            guard unlink(path) == 0 else { throw failure(path) }
        }
        return old
    }

    // Without their ending, so that of two within a second the later one sorts as such.
    private func regularNames() throws(StoreError) -> [String] {
        guard let names = names() else { throw failure(path) }
        return names.filter { $0.hasPrefix(Self.regularPrefix) && $0.hasSuffix(Self.suffix) }
            .map { String($0.dropLast(Self.suffix.count)) }
    }

    /// The path of the backup that was written last, whatever it was made for, and that a start from it would take;
    /// nothing if there is none. All of it is looked at.
    func newestSound() -> String? {
        (names() ?? []).filter { $0.hasSuffix(Self.suffix) }.map { "\(path)/\($0)" }
            .sorted { modification(of: $0) > modification(of: $1) }
            .first(where: BackupCheck.passes)
    }

    private func modification(of file: String) -> Timestamp {
        var information = stat()
        guard stat(file, &information) == 0 else { return Timestamp(microseconds: 0) }
        let time = information.st_mtim
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// What is in the folder; nothing if it cannot be read.
    private func names() -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }

    private func failure(_ path: String) -> StoreError {
        .degraded(reason: "\(path): \(systemMessage(errno))")
    }
}

extension Timestamp {
    /// For names of files, which sort by it: `20231213T173553`.
    var fileNamePart: String { String(description.prefix(19).filter { $0 != "-" && $0 != ":" }) }
}
