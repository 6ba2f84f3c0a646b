#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Identifiers

/// The folder of the backups, inside of the state's, mode 0700. All of it blocks.
struct BackupFolder: Hashable, Sendable {
    private static let unfinishedSuffix = ".unfinished"

    let path: String

    private func prepare() throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// Makes the folder if it is missing, and takes a path in it that nobody has yet: an empty file holds the place of
    /// what is to be finished there, or discarded.
    func takePath(_ name: String) throws(StoreError) -> String {
        try prepare()
        for number in 1...1_000 {
            let target = "\(path)/\(name)\(number == 1 ? "" : "-\(number)").sqlite"
            guard access(target, F_OK) != 0 else { continue }
            let file = open(unfinished(target), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if file >= 0 {
                close(file)
                return target
            }
            guard errno == EEXIST else { throw failure(target) }
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
        guard let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.contains(Self.unfinishedSuffix) { unlink("\(path)/\(name)") }
        }
    }

    /// Removes what there is of a backup that failed.
    func discard(_ target: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(unfinished(target) + suffix) }
    }

    private func failure(_ path: String) -> StoreError {
        .degraded(reason: "\(path): \(systemMessage(errno))")
    }
}

extension Timestamp {
    /// For names of files, which sort by it: `20231213T173553`.
    var fileNamePart: String { String(description.prefix(19).filter { $0 != "-" && $0 != ":" }) }
}
