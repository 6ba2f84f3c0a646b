import GRDBSQLite
import Synchronization

/// A look at every page of a large state that was closed in order, while the daemon works already: a start need not
/// wait for it.
///
/// It has a connection of its own to the file, which takes no lock and knows nothing of the log. Until it is done,
/// nothing of the log goes into the file: what it sees is what was closed, and stays as it was found if it is damaged.
final class BackgroundCheck: Sendable {
    /// The database file.
    let path: String
    private let isGivenUp = Atomic(false)

    /// A look at the database in this file.
    init(path: String) {
        self.path = path
    }

    /// Whether all is in order. Blocks, for some four seconds a gigabyte. Also `true` once it was given up.
    func isPassed() -> Bool {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(uri, &connection, flags, nil) == SQLITE_OK else { return false }
        sqlite3_progress_handler(
            connection, 10_000,
            { context in
                guard let context else { return 0 }
                let check = Unmanaged<BackgroundCheck>.fromOpaque(context).takeUnretainedValue()
                return check.isGivenUp.load(ordering: .relaxed) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        return isPassed(on: connection) || isGivenUp.load(ordering: .relaxed)
    }

    private func isPassed(on connection: OpaquePointer?) -> Bool {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(connection, "PRAGMA quick_check(1)", -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW, let verdict = sqlite3_column_text(statement, 0)
        else { return false }
        return String(cString: verdict) == "ok"
    }

    /// Ends it without a verdict, from any thread.
    func giveUp() {
        isGivenUp.store(true, ordering: .relaxed)
    }

    // Every byte of the path as a URI takes it: <https://www.sqlite.org/uri.html>.
    private var uri: String {
        let digits = Array("0123456789abcdef")
        let bytes = path.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
        return "file:\(bytes.joined())?immutable=1"
    }
}
