/// The id that a client gives a request, echoed in every line of its reply.
public enum RequestID: Hashable, Sendable {
    /// Left out, or unknown because the line could not be read.
    case none
    /// An integer of 64 bits.
    case integer(Int)
    /// A string of at most 128 bytes.
    case string(String)

    /// The most bytes of a string.
    public static let maximumBytes = 128

    /// The id that `value` is, or nothing if it can be none.
    public init?(_ value: JSONValue) {
        switch value {
        case .null: self = .none
        case .string(let text) where text.utf8.count <= Self.maximumBytes: self = .string(text)
        case .number(let number):
            guard let integer = number.integer else { return nil }
            self = .integer(integer)
        case .string, .bool, .array, .object: return nil
        }
    }

    /// The id as it stands in a path: `DELETE /api/v1/requests/{id}`.
    public var pathText: String {
        switch self {
        case .none: ""
        case .integer(let integer): String(integer)
        case .string(let text): text
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .none: writer.raw("null")
        case .integer(let integer): writer.raw(String(integer).utf8)
        case .string(let text): writer.string(text)
        }
    }
}
