import FoundationEssentials
public import GRDB
public import Identifiers

// Imported publicly because the conformance of a public type to a public protocol is public.

extension ObjectID: DatabaseValueConvertible {
    /// Twelve bytes, most significant first, which sort as ids do.
    public var databaseValue: DatabaseValue {
        var bytes = Data(capacity: 12)
        withUnsafeBytes(of: seconds.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: suffix.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes.databaseValue
    }

    /// Reads twelve bytes.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> ObjectID? {
        guard case .blob(let bytes) = value.storage, bytes.count == 12 else { return nil }
        return ObjectID(
            seconds: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            suffix: bytes.dropFirst(4).reduce(0) { $0 << 8 | UInt64($1) })
    }
}
