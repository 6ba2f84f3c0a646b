internal import GRDBSQLite

/// What SQLite answered instead of doing what was asked.
package struct SQLiteFailure: Error, Hashable, Sendable {
    /// The primary result code, as `sqlite3.h` numbers them.
    package let code: Int32
    /// SQLite's own words.
    package let message: String

    /// Takes the last error of a connection; `nil` stands for a connection that could not even be allocated.
    init(code: Int32, on connection: OpaquePointer?) {
        self.code = code & 0xff
        message = String(cString: connection == nil ? sqlite3_errstr(code) : sqlite3_errmsg(connection))
    }
}

extension SQLiteFailure: CustomStringConvertible {
    /// SQLite's own words.
    package var description: String { message }
}
