internal import GRDBSQLite

/// A value in a row of a result.
package enum QueryValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    /// Ill-formed UTF-8 arrives repaired.
    case text(String)
    case blob([UInt8])
}

extension QueryValue {
    init(_ row: borrowing SQLiteStatement, _ column: Int) {
        self =
            switch row.storageClass(column) {
            case SQLITE_INTEGER: .integer(row.integer(column))
            case SQLITE_FLOAT: .real(row.real(column))
            case SQLITE_TEXT: .text(row.text(column) ?? "")
            case SQLITE_BLOB: .blob(row.blob(column))
            default: .null
            }
    }
}
