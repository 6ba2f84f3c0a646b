internal import GRDBSQLite

/// One prepared statement, finalized when it goes out of use. Columns are numbered from 0.
struct SQLiteStatement: ~Copyable {
    private let pointer: OpaquePointer
    private let connection: SQLiteConnection

    /// Prepares our own SQL; a text without a statement in it is a mistake of ours.
    init(_ sql: String, on connection: SQLiteConnection) throws(SQLiteFailure) {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(connection.pointer, sql, -1, &prepared, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure(code: code, on: connection.pointer) }
        guard let prepared else { preconditionFailure("no statement in \(sql)") }
        self.init(prepared, on: connection)
    }

    /// Takes over a statement that the caller prepared.
    init(_ prepared: OpaquePointer, on connection: SQLiteConnection) {
        pointer = prepared
        self.connection = connection
    }

    deinit {
        sqlite3_finalize(pointer)
    }

    /// Whether the statement leaves every database as it is.
    var onlyReads: Bool { sqlite3_stmt_readonly(pointer) != 0 }

    /// Whether the statement is an `EXPLAIN`.
    var isExplain: Bool { sqlite3_stmt_isexplain(pointer) != 0 }

    /// How many parameters wait for values.
    var parameterCount: Int { Int(sqlite3_bind_parameter_count(pointer)) }

    var columnCount: Int { Int(sqlite3_column_count(pointer)) }

    /// The name of a column of the result.
    func columnName(_ column: Int) -> String {
        sqlite3_column_name(pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    /// Binds texts to the parameters 1, 2, … in turn.
    func bind(_ texts: [String]) throws(SQLiteFailure) {
        // The destructor -1 asks SQLite to copy the text; the header's macro for it does not import.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, text) in texts.enumerated() {
            let code = sqlite3_bind_text(pointer, Int32(index + 1), text, Int32(text.utf8.count), copied)
            guard code == SQLITE_OK else { throw SQLiteFailure(code: code, on: connection.pointer) }
        }
    }

    /// Goes to the next row; `false` once there is none.
    func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteFailure(code: code, on: connection.pointer)
        }
    }

    /// The storage class of the value in this row and column.
    func storageClass(_ column: Int) -> Int32 { sqlite3_column_type(pointer, Int32(column)) }

    func isNull(_ column: Int) -> Bool { storageClass(column) == SQLITE_NULL }

    func isText(_ column: Int) -> Bool { storageClass(column) == SQLITE_TEXT }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(column)) }

    func real(_ column: Int) -> Double { sqlite3_column_double(pointer, Int32(column)) }

    /// The value's size: of a text its UTF-8 bytes.
    func byteCount(_ column: Int) -> Int { Int(sqlite3_column_bytes(pointer, Int32(column))) }

    /// The value as text, with ill-formed UTF-8 repaired; `nil` for NULL.
    func text(_ column: Int) -> String? {
        guard let start = sqlite3_column_text(pointer, Int32(column)) else { return nil }
        return String(decoding: UnsafeBufferPointer(start: start, count: byteCount(column)), as: UTF8.self)
    }

    /// The value's bytes; of a text those of its UTF-8.
    func blob(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: byteCount(column)))
    }
}
