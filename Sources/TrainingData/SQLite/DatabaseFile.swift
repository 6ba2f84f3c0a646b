internal import GRDBSQLite
import Spelling

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that should hold an SQLite database.
struct DatabaseFile {
    let path: String

    /// Throws what can be told without opening the file. It is not opened here because closing it again would
    /// drop the locks that SQLite may hold on it for another scan of this process.
    func check() throws(DatabaseFileError) {
        guard !path.utf8.contains(0) else {
            throw .unreadable(path: path, reason: "the path contains a NUL character")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = errno
            if reason == ENOENT || reason == ENOTDIR { throw .missing(path: path) }
            throw .unreadable(path: path, reason: String(cString: strerror(reason)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "it is not a file") }
        guard status.st_size > 0 else { throw .empty(path: path) }
    }

    /// Opens the database for reading. `configure` sets limits before the first read.
    ///
    /// It is not trusted: what its schema defines may call no function with side effects.
    func open(
        configure: (SQLiteConnection) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) -> SQLiteConnection {
        do {
            return try open(immutable: false, configure)
        } catch  where error.mayComeOfReadOnlyFolder && standsAlone {
            return try open(immutable: true, configure)
        }
    }

    private func open(
        immutable: Bool, _ configure: (SQLiteConnection) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) -> SQLiteConnection {
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW
        let connection = try SQLiteConnection(filename: uri(immutable: immutable), flags: flags)
        try configure(connection)
        try GuardedFunction.guardAll(on: connection.pointer)
        try connection.execute("PRAGMA query_only = ON")
        try connection.execute("PRAGMA trusted_schema = OFF")
        try connection.execute("PRAGMA cell_size_check = ON")
        // SQLite opens the file with the first read, and only then finds what is wrong with it.
        try connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
        return connection
    }

    /// The path as a URI that opens it read-only, in the form of <https://www.sqlite.org/uri.html>.
    ///
    /// `immutable` says that nobody changes the file, which lets SQLite read a write-ahead-log database in a
    /// folder where it may not create that log.
    private func uri(immutable: Bool) -> String {
        "file:" + PercentCoding.encode(path: path) + "?mode=ro" + (immutable ? "&immutable=1" : "")
    }

    /// Whether the file has neither a write-ahead log nor a rollback journal beside it, and so is all of the database.
    private var standsAlone: Bool { access(path + "-wal", F_OK) != 0 && access(path + "-journal", F_OK) != 0 }

    /// What a failure of SQLite means for whoever asked for the scan.
    func error(for failure: SQLiteFailure) -> DatabaseFileError {
        switch failure.code {
        case SQLITE_NOTADB: .notADatabase(path: path)
        case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path)
        case SQLITE_INTERRUPT: .timedOut(path: path)
        default: .unreadable(path: path, reason: failure.message)
        }
    }
}

extension SQLiteFailure {
    /// Whether SQLite may have wanted to create a write-ahead log and could not.
    fileprivate var mayComeOfReadOnlyFolder: Bool {
        code == SQLITE_CANTOPEN || code == SQLITE_READONLY
    }
}
