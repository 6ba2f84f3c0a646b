internal import GRDBSQLite

/// SQL of somebody else's, prepared one statement after the other. It must hold no NUL, at which SQLite would stop.
struct SQLText {
    private let bytes: ContiguousArray<CChar>
    private var offset = 0

    init(_ text: String) {
        bytes = ContiguousArray(text.utf8CString)
    }

    /// Prepares what comes next; `nil` once only spaces, comments and semicolons are left.
    mutating func nextStatement(on connection: SQLiteConnection) throws(SQLiteFailure) -> SQLiteStatement? {
        while offset < bytes.count - 1 {
            let (code, prepared, length) = bytes.withUnsafeBufferPointer { buffer in
                var prepared: OpaquePointer?
                var tail: UnsafePointer<CChar>?
                let start = buffer.baseAddress.map { $0 + offset }
                let code = sqlite3_prepare_v2(connection.pointer, start, -1, &prepared, &tail)
                let length = if let start, let tail { tail - start } else { buffer.count }
                return (code, prepared, length)
            }
            guard code == SQLITE_OK else { throw SQLiteFailure(code: code, on: connection.pointer) }
            offset += length
            if let prepared { return SQLiteStatement(prepared, on: connection) }
        }
        return nil
    }
}
