import GRDB
import GRDBSQLite
import Identifiers
import TrainingData

/// Inserts new records, a million of them if need be: many rows a statement, and without a box around each value.
///
/// A statement finds its place in each index once, and goes on from there with every row that follows.
struct RecordInsertion {
    // The statements that are kept prepared, by their number of rows.
    private static let insertions = [100, 16, 8, 4, 2, 1].map { (rows: $0, sql: insertion(ofRows: $0)) }

    let db: Database

    func insert(_ records: [GoldenRecord]) throws {
        var rest = records[...]
        for (rows, sql) in Self.insertions {
            while rest.count >= rows {
                try run(sql, of: rest.prefix(rows))
                rest = rest.dropFirst(rows)
            }
        }
    }

    private func run(_ insertion: String, of records: ArraySlice<GoldenRecord>) throws {
        var values = RowValues(rows: records.count)
        for record in records { values.append(record) }
        try values.run(try db.cachedStatement(sql: insertion), in: db)
    }

    private static func insertion(ofRows count: Int) -> String {
        """
        INSERT INTO golden_records (id, connection_id, prompt_text, sql, metadata, check_status, check_reason,
            created_at, updated_at, run_due)
        VALUES \(Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: count).joined(separator: ", "))
        """
    }
}

/// The values of some rows. Those of variable length stand one after the other in one place, which stays there while
/// the statement runs, so SQLite need not copy them.
private struct RowValues {
    private enum Value {
        case null
        case integer(Int64)
        case blob(Range<Int>)
        case text(Range<Int>)
    }

    private var bytes: [UInt8] = []
    private var values: [Value] = []

    init(rows: Int) {
        bytes.reserveCapacity(rows * Self.usualBytes)
        values.reserveCapacity(rows * Self.columns)
    }

    private static let columns = 10
    private static let usualBytes = 256

    mutating func append(_ record: GoldenRecord) {
        let (status, reason) = record.check.columns
        append(record.id)
        append(record.connectionID)
        append(record.promptText)
        append(record.sql)
        append(record.metadata?.text)
        append(status)
        append(reason)
        values.append(.integer(record.createdAt.microseconds))
        values.append(.integer(record.updatedAt.microseconds))
        values.append(.integer(record.execution == .waiting ? 1 : 0))
    }

    private mutating func append(_ id: ObjectID) {
        let start = bytes.count
        withUnsafeBytes(of: id.seconds.bigEndian) { bytes += $0 }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: id.suffix >> 32).bigEndian) { bytes += $0 }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: id.suffix).bigEndian) { bytes += $0 }
        values.append(.blob(start..<bytes.count))
    }

    private mutating func append(_ text: String?) {
        guard let text else { return values.append(.null) }
        let start = bytes.count
        bytes += text.utf8
        values.append(.text(start..<bytes.count))
    }
}

extension RowValues {
    /// Runs a statement whose parameters are these.
    func run(_ statement: Statement, in db: Database) throws {
        let pointer = statement.sqliteStatement
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        try bytes.withUnsafeBytes { bytes in
            for (place, value) in zip(Int32(1)..., values) {
                try db.check(Self.bind(value, of: bytes, to: pointer, at: place))
            }
            try db.check(sqlite3_step(pointer), is: SQLITE_DONE)
        }
    }

    // Without a destructor, SQLite takes the bytes from where they are.
    private static func bind(
        _ value: Value, of bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at place: Int32
    ) -> CInt {
        func start(_ range: Range<Int>) -> UnsafeRawPointer? { bytes.baseAddress.map { $0 + range.lowerBound } }
        return switch value {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
        case .blob(let range): sqlite3_bind_blob(statement, place, start(range), Int32(clamping: range.count), nil)
        case .text(let range):
            sqlite3_bind_text(
                statement, place, start(range)?.assumingMemoryBound(to: CChar.self), Int32(clamping: range.count), nil)
        }
    }
}

extension Database {
    fileprivate func check(_ code: CInt, is expected: CInt = SQLITE_OK) throws {
        guard code == expected else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: "INSERT INTO golden_records")
        }
    }
}
