/// A decoder that has whatever a type asks for, and keeps what that was.
///
/// A type that reads itself from a probe tells all that a schema needs: its keys, their types in turn, and which of
/// them it can do without. So the schema follows from the code that reads requests, and cannot differ from it.
final class TypeProbe: Decoder {
    /// What a type was seen to be.
    enum Form {
        case unknown
        case object([Property])
        case array(of: JSONObject)
        case same(as: JSONObject)
    }

    /// A key that a type asked for.
    struct Property {
        let name: String
        var isOptional = false
        /// Whether the type asked for `null`, too.
        var isNullable = false
        var form: Form = .unknown
        /// The probe that reads the property, where the type reads it by itself.
        var probe: TypeProbe?
    }

    /// Whether optional keys are there.
    enum Fullness { case full, bare }

    let book: SchemaBook
    let use: SchemaBook.Use
    let fullness: Fullness
    fileprivate(set) var form = Form.unknown
    fileprivate(set) var isNullable = false

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(book: SchemaBook, use: SchemaBook.Use, fullness: Fullness) {
        self.book = book
        self.use = use
        self.fullness = fullness
    }

    fileprivate func child() -> TypeProbe { TypeProbe(book: book, use: use, fullness: fullness) }

    fileprivate func change(_ name: String, _ edit: (inout Property) -> Void) {
        guard case .object(var properties) = form else { return }
        let place = properties.firstIndex { $0.name == name } ?? properties.endIndex
        if place == properties.endIndex { properties.append(Property(name: name)) }
        edit(&properties[place])
        form = .object(properties)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        if case .unknown = form { form = .object([]) }
        return KeyedDecodingContainer(ObjectProbe<Key>(probe: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { ArrayProbe(probe: self) }
    func singleValueContainer() -> any SingleValueDecodingContainer { ValueProbe(probe: self) }
}

private struct ObjectProbe<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let probe: TypeProbe
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    // Whoever asks first can do without the key.
    func contains(_ key: Key) -> Bool {
        probe.change(key.stringValue) { $0.isOptional = true }
        return probe.fullness == .full
    }

    func decodeNil(forKey key: Key) -> Bool {
        probe.change(key.stringValue) { $0.isNullable = true }
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, value) = try probe.book.probe(type, probe)
        probe.change(key.stringValue) { $0.form = .same(as: schema) }
        return value
    }

    func superDecoder(forKey key: Key) -> any Decoder {
        let child = probe.child()
        probe.change(key.stringValue) { $0.probe = child }
        return child
    }

    func superDecoder() -> any Decoder { probe }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
        -> KeyedDecodingContainer<Nested>
    {
        preconditionFailure("wire types nest by value")
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        preconditionFailure("wire types nest by value")
    }
}

/// An array of one element, or of none where the probe is bare.
private struct ArrayProbe: UnkeyedDecodingContainer {
    let probe: TypeProbe
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex == 1 }

    init(probe: TypeProbe) {
        self.probe = probe
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try probe.book.probe(type, probe)
        probe.form = .array(of: schema)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
        preconditionFailure("wire types nest by value")
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
        preconditionFailure("wire types nest by value")
    }

    mutating func superDecoder() -> any Decoder { preconditionFailure("wire types nest by value") }
}

private struct ValueProbe: SingleValueDecodingContainer {
    let probe: TypeProbe
    var codingPath: [any CodingKey] { [] }

    // Whoever asks can live with null.
    func decodeNil() -> Bool {
        probe.isNullable = true
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try probe.book.probe(type, probe)
        probe.form = .same(as: schema)
        return value
    }
}
