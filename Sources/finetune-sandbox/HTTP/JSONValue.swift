import FoundationEssentials

/// One JSON value with its type kept, so that a request can be judged key by key as the contract demands:
/// `"1"` is no number, and a key that nobody knows is refused by its name.
indirect enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue: Decodable {
    init(from decoder: any Decoder) throws {
        // A try that fails costs most: the commonest types of training files come first.
        let container = try decoder.singleValueContainer()
        if let value = container.decodeIfMatching(String.self) {
            self = .string(value)
        } else if let value = container.decodeIfMatching([String: JSONValue].self) {
            self = .object(value)
        } else if let value = container.decodeIfMatching([JSONValue].self) {
            self = .array(value)
        } else if let value = container.decodeIfMatching(Int.self) {
            self = .integer(value)
        } else if let value = container.decodeIfMatching(Double.self) {
            self = .number(value)
        } else if let value = container.decodeIfMatching(Bool.self) {
            self = .boolean(value)
        } else if container.decodeNil() {
            self = .null
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number out of range")
        }
    }

    /// The value's type in the words of an error message.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension SingleValueDecodingContainer {
    /// The value when it has this type; `nil` says only "another type", which is the question here and no lost error.
    fileprivate func decodeIfMatching<Value: Decodable>(_ type: Value.Type) -> Value? {
        do { return try decode(type) } catch { return nil }
    }
}
