#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The folder that holds the state, and nobody else's business: the daemon's user alone may look inside.
struct StateDirectory: Hashable, Sendable {
    // To look at so many bytes takes some 15 milliseconds.
    private static let largestCheckedFirst = 4 << 20

    let path: String

    var databasePath: String { path + "/state.sqlite" }
    var writeAheadLogPath: String { databasePath + "-wal" }
    var lockPath: String { path + "/state.lock" }
    var backups: BackupFolder { BackupFolder(path: path + "/backups") }
    var storageKeyPath: String { path + "/storage.key" }

    /// Makes the folder, mode 0700, where it is missing. Its parent has to be there.
    func prepare() throws(StoreError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw StoreError(failing: path)
    }

    /// Makes the database file, still empty, so that SQLite gives it and the files beside it mode 0600.
    func prepareDatabaseFile() throws(StoreError) {
        let file = open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError(failing: databasePath) }
        defer { close(file) }
        guard fchmod(file, 0o600) == 0 else { throw StoreError(failing: databasePath) }
    }

    /// Brings the names of new and renamed files to the disk; `false` and `errno` if that failed.
    func synchronize() -> Bool {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    /// Throws `corrupt` where SQLite would quietly start anew though there was a state: the database is gone or
    /// empty, or the log beside it, which holds what was committed last, does not begin as a log.
    func refuseLostDatabase() throws(StoreError) {
        let isLost = size(of: databasePath) == 0
        if isLost, evidence.contains(where: { access($0, F_OK) == 0 }) || size(of: writeAheadLogPath) > 0 {
            throw .corrupt(place: databasePath, reason: "it is missing or empty, and a state was here before")
        }
        let log = WriteAheadLog(path: writeAheadLogPath)
        guard try log.isReadable else {
            throw .corrupt(place: writeAheadLogPath, reason: "it is no log of SQLite's, and holds the last writes")
        }
    }

    /// Whether there is time to look at the database after the start: one that was closed in order, as the missing log
    /// tells, is whole unless something happened to its file since.
    var mayBeCheckedLater: Bool {
        access(writeAheadLogPath, F_OK) != 0 && size(of: databasePath) > Self.largestCheckedFirst
    }

    // What a daemon has made once it has a database.
    private var evidence: [String] { [storageKeyPath, path + "/training-files"] }

    private func size(of file: String) -> Int {
        var information = stat()
        return stat(file, &information) == 0 ? Int(information.st_size) : 0
    }
}

extension StoreError {
    /// What a system call has just failed on.
    init(failing path: String) {
        let number = errno
        self = number == EACCES ? .inaccessible(path: path) : .degraded(reason: "\(path): \(systemMessage(number))")
    }
}

/// The operating system's words for an error number.
func systemMessage(_ number: Int32) -> String {
    String(cString: strerror(number))
}
