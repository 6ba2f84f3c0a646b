import Identifiers

/// Decodes `Decodable` values from JSON, and refuses whatever the type does not know.
///
/// A key that is no case of the type's `CodingKeys` is refused with the nearest that is, before anything
/// happens: a misspelt `golden_record` must not silently train on everything. Types make the list of their keys
/// known by a `CodingKeys` that is `CaseIterable`.
public struct WireDecoder: Sendable {
    /// Where the value stands, which decides how scalars are written.
    public enum Source: Sendable {
        /// JSON: numbers are numbers.
        case body
        /// A query string, in which every value is text.
        case query
    }

    private let source: Source
    private let ignoresUnknownKeys: Bool

    /// A decoder. Clients ignore unknown keys, so that a newer daemon may tell more.
    public init(source: Source = .body, ignoresUnknownKeys: Bool = false) {
        self.source = source
        self.ignoresUnknownKeys = ignoresUnknownKeys
    }

    /// The value of a type that `json` holds; `APIError` names the field that is wrong.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from json: JSONValue) throws(APIError)
        -> Value
    {
        if let plain = type as? any PlainlyDecodable.Type, let value = plain.init(plain: json) as? Value {
            return value
        }
        let node = Node(value: json, path: [], source: source, ignoresUnknownKeys: ignoresUnknownKeys)
        return try node.decode(type)
    }
}

/// A value and where it stands.
private struct Node {
    let value: JSONValue
    let path: [String]
    let source: WireDecoder.Source
    let ignoresUnknownKeys: Bool

    var field: String { path.isEmpty ? "body" : path.joined(separator: ".") }

    func child(_ name: String, _ value: JSONValue) -> Node {
        Node(value: value, path: path + [name], source: source, ignoresUnknownKeys: ignoresUnknownKeys)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws(APIError) -> Value {
        do {
            if type == JSONValue.self, let value = value as? Value { return value }
            if type == ObjectID.self, let id = try objectID() as? Value { return id }
            return try type.init(from: ValueDecoder(node: self))
        } catch let error as APIError {
            throw error
        } catch let DecodingError.dataCorrupted(context) {
            throw APIError.invalidField(field, allowedValues(of: type) ?? context.debugDescription)
        } catch {
            throw APIError.invalidField(field, "cannot be read")
        }
    }

    private func objectID() throws(APIError) -> ObjectID {
        let text = try string()
        guard let id = ObjectID(text) else { throw .invalidObjectID(text, field: field) }
        return id
    }

    private func allowedValues<Value>(of type: Value.Type) -> String? {
        guard let listed = type as? any CaseIterable.Type, let names = rawNames(of: listed) else { return nil }
        return "must be one of \(names.joined(separator: ", "))"
    }

    private func rawNames<Listed: CaseIterable>(of type: Listed.Type) -> [String]? {
        let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return names.isEmpty ? nil : names
    }
}

// MARK: Scalars

extension Node {
    func mismatch(_ expected: String) -> APIError {
        .invalidField(field, "must be \(expected), not \(value.kind)")
    }

    func string() throws(APIError) -> String {
        guard case .string(let string) = value else { throw mismatch("a string") }
        return string
    }

    func bool() throws(APIError) -> Bool {
        switch (value, source) {
        case (.bool(let bool), _): return bool
        case (.string("true"), .query): return true
        case (.string("false"), .query): return false
        case (_, .query): throw .invalidField(field, "must be true or false")
        case (_, .body): throw mismatch("true or false")
        }
    }

    func double() throws(APIError) -> Double {
        switch (value, source) {
        case (.number(let number), _):
            guard number.double.isFinite else { throw .invalidField(field, "is too large a number") }
            return number.double
        case (.string(let text), .query):
            guard let double = Double(text), double.isFinite else { throw mismatch("a number") }
            return double
        case (_, _): throw mismatch("a number")
        }
    }

    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws(APIError) -> Integer {
        let written: String? =
            switch (value, source) {
            case (.number(let number), _): number.text
            case (.string(let text), .query): text
            case (_, _): nil
            }
        guard let written else { throw mismatch("an integer") }
        guard let integer = Integer(written) else {
            throw .invalidField(field, "must be an integer from \(Integer.min) to \(Integer.max)")
        }
        return integer
    }
}

extension APIError {
    /// An id that is none.
    public static func invalidObjectID(_ text: String, field: String) -> APIError {
        APIError(
            .invalidObjectID, "\(field): \"\(text.prefix(64))\" is no id",
            remedy: "Ids are 24 hexadecimal digits, as replies carry them.", detail: ["field": .string(field)])
    }
}

// MARK: Containers

private struct ValueDecoder: Decoder {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = node.value else { throw node.mismatch("an object") }
        if !node.ignoresUnknownKeys {
            for member in object.members where Key(stringValue: member.name) == nil {
                throw APIError.unknownField((node.path + [member.name]).joined(separator: "."), known: known(type))
            }
        }
        return KeyedDecodingContainer(ObjectDecoder<Key>(node: node, object: object))
    }

    private func known<Key: CodingKey>(_ type: Key.Type) -> [String] {
        guard let listed = type as? any CaseIterable.Type else { return [] }
        return names(listed)
    }

    private func names<Listed: CaseIterable>(_ type: Listed.Type) -> [String] {
        type.allCases.compactMap { ($0 as? any CodingKey)?.stringValue }
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = node.value else { throw node.mismatch("an array") }
        return ArrayDecoder(node: node, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        ScalarDecoder(node: node)
    }
}

private struct ObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let node: Node
    let object: JSONObject
    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try child(key).value == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try child(key).decode(type)
    }

    private func child(_ key: Key) throws(APIError) -> Node {
        guard let value = object[key.stringValue] else {
            throw .invalidField((node.path + [key.stringValue]).joined(separator: "."), "is missing")
        }
        return node.child(key.stringValue, value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    {
        try ValueDecoder(node: child(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try ValueDecoder(node: child(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { ValueDecoder(node: node) }
    func superDecoder(forKey key: Key) throws -> any Decoder { ValueDecoder(node: try child(key)) }
}

private struct ArrayDecoder: UnkeyedDecodingContainer {
    let node: Node
    let elements: [JSONValue]
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    init(node: Node, elements: [JSONValue]) {
        self.node = node
        self.elements = elements
    }

    private mutating func next() throws(APIError) -> Node {
        guard !isAtEnd else { throw .invalidField(node.field, "has too few elements") }
        defer { currentIndex += 1 }
        return node.child(String(currentIndex), elements[currentIndex])
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next().decode(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws
        -> KeyedDecodingContainer<Nested>
    {
        try ValueDecoder(node: next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try ValueDecoder(node: next()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { ValueDecoder(node: try next()) }
}

private struct ScalarDecoder: SingleValueDecodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { node.value == .null }
    func decode(_ type: Bool.Type) throws -> Bool { try node.bool() }
    func decode(_ type: String.Type) throws -> String { try node.string() }
    func decode(_ type: Double.Type) throws -> Double { try node.double() }
    func decode(_ type: Float.Type) throws -> Float { Float(try node.double()) }
    func decode(_ type: Int.Type) throws -> Int { try node.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try node.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try node.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try node.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try node.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try node.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try node.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try node.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try node.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try node.integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try node.decode(type) }
}
