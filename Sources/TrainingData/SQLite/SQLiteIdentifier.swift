/// How names are written and compared in SQL.
enum SQLiteIdentifier {
    /// The name in double quotes, so that any name can stand in a statement.
    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// The name with ASCII letters in lower case: SQLite holds two names equal if these are.
    static func folded(_ name: String) -> String {
        let bytes = name.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
