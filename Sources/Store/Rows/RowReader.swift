import GRDB

/// Takes a row apart. What the types here cannot hold is an error that names the column, never a crash.
struct RowReader {
    let table: String
    let row: Row

    /// The value of a column that is never NULL.
    func value<Value: DatabaseValueConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(StoreError) -> Value {
        guard let value: Value = try optional(column) else { throw unreadable(column) }
        return value
    }

    /// The value of a column, `nil` for NULL.
    func optional<Value: DatabaseValueConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(StoreError) -> Value? {
        guard row.hasColumn(column) else { throw unreadable(column) }
        let stored: DatabaseValue = row[column]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(column) }
        return value
    }

    /// The case of an enumeration whose raw values are stored.
    func word<Word: RawRepresentable<String>>(_ column: String) throws(StoreError) -> Word {
        guard let word = Word(rawValue: try value(column)) else { throw unreadable(column) }
        return word
    }

    /// A value that is stored as JSON.
    func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws(StoreError) -> Value {
        let text: String = try value(column)
        do { return try StoredJSON.value(type, from: text) } catch { throw unreadable(column) }
    }

    /// What to throw for a column that holds what it cannot hold.
    func unreadable(_ column: String) -> StoreError {
        .corrupt(place: "\(table).\(column)", reason: "it holds a value that does not belong there")
    }
}
