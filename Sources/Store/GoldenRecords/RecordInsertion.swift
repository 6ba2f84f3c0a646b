import GRDB
import GRDBSQLite
import Identifiers
import TrainingData

/// Inserts new records, a million of them if need be: many rows a statement, and without a box around each value.
///
/// SQLite copies the pages that a statement with triggers may have to undo, so a statement a row would copy the same
/// pages a thousand times.
struct RecordInsertion {
    private static let rowsAtOnce = 100

    let db: Database

    func insert(_ records: [GoldenRecord]) throws {
        let whole = records.count / Self.rowsAtOnce * Self.rowsAtOnce
        for start in stride(from: 0, to: whole, by: Self.rowsAtOnce) {
            try run(inserting: records[start..<start + Self.rowsAtOnce])
        }
        for place in whole..<records.count { try run(inserting: records[place...place]) }
    }

    private func run(inserting records: ArraySlice<GoldenRecord>) throws {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO golden_records (id, connection_id, prompt_text, sql, metadata, check_status, check_reason,
                    created_at, updated_at, run_due)
                VALUES \(Array(repeating: row, count: records.count).joined(separator: ", "))
                """)
        var parameters = StatementParameters(of: statement, in: db)
        defer { parameters.reset() }
        for record in records { try parameters.bind(record) }
        try parameters.runStatement()
    }
}

/// The parameters of a statement, bound one after the other.
private struct StatementParameters {
    private let statement: Statement
    private let db: Database
    private var place: Int32 = 0

    private var pointer: OpaquePointer { statement.sqliteStatement }

    init(of statement: Statement, in db: Database) {
        self.statement = statement
        self.db = db
    }

    mutating func bind(_ record: GoldenRecord) throws {
        let (status, reason) = record.check.columns
        try bind(record.id)
        try bind(record.connectionID)
        try bind(record.promptText)
        try bind(record.sql)
        try bind(record.metadata?.text)
        try bind(status)
        try bind(reason)
        try bind(record.createdAt.microseconds)
        try bind(record.updatedAt.microseconds)
        try bind(record.execution == .waiting ? 1 : 0)
    }

    func runStatement() throws {
        try check(sqlite3_step(pointer), is: SQLITE_DONE)
    }

    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    // SQLite copies what it is given, because the places of these values are gone when the statement runs.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private mutating func bind(_ id: ObjectID) throws {
        let words = (
            id.seconds.bigEndian, UInt32(truncatingIfNeeded: id.suffix >> 32).bigEndian,
            UInt32(truncatingIfNeeded: id.suffix).bigEndian
        )
        place += 1
        try check(withUnsafeBytes(of: words) { sqlite3_bind_blob(pointer, place, $0.baseAddress, 12, Self.copied) })
    }

    private mutating func bind(_ text: String?) throws {
        place += 1
        guard let text else { return }
        try check(sqlite3_bind_text(pointer, place, text, Int32(clamping: text.utf8.count), Self.copied))
    }

    private mutating func bind(_ integer: Int64) throws {
        place += 1
        try check(sqlite3_bind_int64(pointer, place, integer))
    }

    private func check(_ code: Int32, is expected: Int32 = SQLITE_OK) throws {
        guard code == expected else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: "INSERT INTO golden_records")
        }
    }
}
