import GRDB
import GRDBSQLite
import Identifiers
import TrainingData

/// Inserts records, a million of them if need be: values go to SQLite without a box around each.
struct RecordInsertion {
    private let db: Database
    private let statement: Statement

    private var pointer: OpaquePointer { statement.sqliteStatement }

    init(in db: Database) throws {
        self.db = db
        statement = try db.cachedStatement(
            sql: """
                INSERT INTO golden_records (id, connection_id, prompt_text, sql, metadata, check_status, check_reason,
                    created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
    }

    func insert(_ record: GoldenRecord) throws {
        let (status, reason) = record.check.columns
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        try bind(record.id, at: 1)
        try bind(record.connectionID, at: 2)
        try bind(record.promptText, at: 3)
        try bind(record.sql, at: 4)
        try bind(record.metadata?.text, at: 5)
        try bind(status, at: 6)
        try bind(reason, at: 7)
        try check(sqlite3_bind_int64(pointer, 8, record.createdAt.microseconds))
        try check(sqlite3_bind_int64(pointer, 9, record.updatedAt.microseconds))
        try check(sqlite3_step(pointer), is: SQLITE_DONE)
    }

    // SQLite copies what it is given, because the places of these values are gone when the statement runs.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func bind(_ id: ObjectID, at place: Int32) throws {
        let words = (
            id.seconds.bigEndian, UInt32(truncatingIfNeeded: id.suffix >> 32).bigEndian,
            UInt32(truncatingIfNeeded: id.suffix).bigEndian
        )
        try check(withUnsafeBytes(of: words) { sqlite3_bind_blob(pointer, place, $0.baseAddress, 12, Self.copied) })
    }

    private func bind(_ text: String?, at place: Int32) throws {
        guard let text else { return }
        try check(sqlite3_bind_text(pointer, place, text, Int32(clamping: text.utf8.count), Self.copied))
    }

    private func check(_ code: Int32, is expected: Int32 = SQLITE_OK) throws {
        guard code == expected else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
        }
    }
}
