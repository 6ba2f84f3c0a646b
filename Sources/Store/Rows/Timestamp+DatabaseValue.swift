public import GRDB
public import Identifiers

// Imported publicly because the conformance of a public type to a public protocol is public.

extension Timestamp: DatabaseValueConvertible {
    /// Microseconds since 1970.
    public var databaseValue: DatabaseValue { microseconds.databaseValue }

    /// Reads microseconds.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).map(Timestamp.init(microseconds:))
    }
}
