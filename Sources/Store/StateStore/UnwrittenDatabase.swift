import GRDBSQLite

/// A database whose file nobody writes: its connection takes no lock, and knows nothing of a log. It blocks.
final class UnwrittenDatabase {
    let connection: OpaquePointer

    /// Opens the database in this file; nothing where there is none.
    init?(path: String) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(Self.uri(path), &opened, flags, nil) == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            return nil
        }
        connection = opened
    }

    deinit {
        sqlite3_close_v2(connection)
    }

    /// The first column of a query's rows; nothing if they cannot all be read.
    func texts(_ sql: String) -> [String]? {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { return nil }
        var texts: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
            case SQLITE_DONE: return texts
            case _: return nil
            }
        }
    }

    // Every byte of the path as a URI takes it: <https://www.sqlite.org/uri.html>.
    private static func uri(_ path: String) -> String {
        let digits = Array("0123456789abcdef")
        let bytes = path.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
        return "file:\(bytes.joined())?immutable=1"
    }
}
