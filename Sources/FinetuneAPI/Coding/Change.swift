/// What a `PUT` says of one field: nothing, that it shall be empty, or its new value.
public enum Change<Value: Codable & Sendable & Hashable>: Sendable, Hashable {
    /// The key was left out: the field stays as it is.
    case unchanged
    /// The key is `null`: the field becomes empty.
    case cleared
    /// The new value.
    case set(Value)

    /// The field after the change.
    public func applied(to old: Value?) -> Value? {
        switch self {
        case .unchanged: old
        case .cleared: nil
        case .set(let value): value
        }
    }
}

extension Change: Codable {
    /// Reads a value or `null`; a key that is left out never comes here.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .cleared : .set(try container.decode(Value.self))
    }

    /// Writes a value or `null`; a key that stays is not written.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .unchanged, .cleared: try container.encodeNil()
        case .set(let value): try container.encode(value)
        }
    }
}

extension KeyedDecodingContainer {
    /// A key that is left out is `.unchanged`. Synthesised decoding calls this.
    public func decode<Value>(_ type: Change<Value>.Type, forKey key: Key) throws -> Change<Value> {
        contains(key) ? try Change(from: superDecoder(forKey: key)) : .unchanged
    }
}

extension KeyedEncodingContainer {
    /// `.unchanged` writes nothing. Synthesised encoding calls this.
    public mutating func encode<Value>(_ change: Change<Value>, forKey key: Key) throws {
        switch change {
        case .unchanged: break
        case .cleared: try encodeNil(forKey: key)
        case .set(let value): try encode(value, forKey: key)
        }
    }
}
