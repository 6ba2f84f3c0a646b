import GRDB

extension StoreError {
    /// Sorts whatever a piece of database work threw.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is RowDecodingError: self = .corrupt(place: "the state database", reason: "\(error)")
        default: self = .refused(reason: "\(error)")
        }
    }

    private init(_ error: DatabaseError) {
        let reason = error.message ?? "\(error.resultCode)"
        self =
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM, .SQLITE_PERM,
                .SQLITE_AUTH, .SQLITE_BUSY, .SQLITE_LOCKED:
                .degraded(reason: reason)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: .corrupt(place: "the state database", reason: reason)
            case .SQLITE_MISUSE: .closed
            default: .refused(reason: reason)
            }
    }

    /// The same, said of the database file that is being opened.
    init(opening path: String, _ error: any Error) {
        switch StoreError(error) {
        case .corrupt(_, let reason, _): self = .corrupt(place: path, reason: reason)
        case let other: self = other
        }
    }
}
