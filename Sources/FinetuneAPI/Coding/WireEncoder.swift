/// Writes `Encodable` values as JSON on one line, keys in the order in which the type encodes them.
///
/// An optional key that has no value is written as `null`, so that every reply shows all of its keys; requests,
/// where a key left out means "as it is", leave it out.
public struct WireEncoder: Sendable {
    /// What becomes of an optional key without a value.
    public enum Absent: Sendable {
        /// It is written as `null`.
        case null
        /// It is left out.
        case omitted
    }

    private let absent: Absent

    /// An encoder.
    public init(absent: Absent = .null) {
        self.absent = absent
    }

    /// The value as JSON on one line.
    public func encode(_ value: some Encodable) throws -> [UInt8] {
        if absent == .null, let plain = value as? any PlainlyEncodable { return plain.plainJSON }
        let sink = Sink(absent: absent)
        try sink.write(value)
        return sink.writer.bytes
    }
}

/// Where all containers of one encoding write. Encoding is one walk over the value, so the places where
/// containers write follow one another and one text serves all.
private final class Sink {
    var writer = JSONWriter()
    let absent: WireEncoder.Absent

    init(absent: WireEncoder.Absent) {
        self.absent = absent
    }

    func write(_ value: some Encodable) throws {
        if let json = value as? JSONValue { return writer.value(json) }
        let encoder = ValueEncoder(sink: self)
        try value.encode(to: encoder)
        encoder.close()
    }
}

/// Encodes one value: what it opens is closed when the value has been encoded.
private final class ValueEncoder: Encoder {
    enum Form { case none, scalar, object, array }

    let sink: Sink
    var form = Form.none
    var isFirst = true

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(sink: Sink) {
        self.sink = sink
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        open(.object, "{")
        return KeyedEncodingContainer(ObjectEncoder<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        open(.array, "[")
        return ArrayEncoder(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        form = .scalar
        return ScalarEncoder(sink: sink)
    }

    private func open(_ form: Form, _ bracket: Unicode.Scalar) {
        precondition(self.form == .none, "a wire type encodes into one container")
        self.form = form
        sink.writer.mark(bracket)
    }

    func separate() {
        if !isFirst { sink.writer.mark(",") }
        isFirst = false
    }

    func close() {
        switch form {
        case .object: sink.writer.mark("}")
        case .array: sink.writer.mark("]")
        case .none: sink.writer.raw("{}")
        case .scalar: break
        }
    }
}

private struct ObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }

    private func name(_ key: Key) {
        encoder.separate()
        encoder.sink.writer.string(key.stringValue)
        encoder.sink.writer.mark(":")
    }

    func encodeNil(forKey key: Key) {
        name(key)
        encoder.sink.writer.raw("null")
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        name(key)
        try encoder.sink.write(value)
    }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        if let value { return try encode(value, forKey: key) }
        if encoder.sink.absent == .null { encodeNil(forKey: key) }
    }

    // The compiler calls these where a synthesised `encode(to:)` has an optional of a basic type.
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }

    private func present<Value: Encodable>(_ value: Value?, _ key: Key) throws {
        if let value { return try encode(value, forKey: key) }
        if encoder.sink.absent == .null { encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type, forKey key: Key)
        -> KeyedEncodingContainer<Nested>
    {
        preconditionFailure("wire types nest by value")
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        preconditionFailure("wire types nest by value")
    }

    func superEncoder() -> any Encoder { preconditionFailure("wire types are no classes") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("wire types are no classes") }
}

private struct ArrayEncoder: UnkeyedEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }
    var count = 0

    init(encoder: ValueEncoder) {
        self.encoder = encoder
    }

    mutating func encodeNil() {
        encoder.separate()
        count += 1
        encoder.sink.writer.raw("null")
    }

    mutating func encode(_ value: some Encodable) throws {
        encoder.separate()
        count += 1
        try encoder.sink.write(value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        preconditionFailure("wire types nest by value")
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        preconditionFailure("wire types nest by value")
    }

    func superEncoder() -> any Encoder { preconditionFailure("wire types are no classes") }
}

private struct ScalarEncoder: SingleValueEncodingContainer {
    let sink: Sink
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { sink.writer.raw("null") }
    func encode(_ value: Bool) { sink.writer.raw(value ? "true" : "false") }
    func encode(_ value: String) { sink.writer.string(value) }
    func encode(_ value: Double) { sink.writer.raw(JSONNumber(value).text.utf8) }
    func encode(_ value: Float) { encode(Double(value)) }
    func encode(_ value: Int) { integer(value) }
    func encode(_ value: Int8) { integer(value) }
    func encode(_ value: Int16) { integer(value) }
    func encode(_ value: Int32) { integer(value) }
    func encode(_ value: Int64) { integer(value) }
    func encode(_ value: UInt) { integer(value) }
    func encode(_ value: UInt8) { integer(value) }
    func encode(_ value: UInt16) { integer(value) }
    func encode(_ value: UInt32) { integer(value) }
    func encode(_ value: UInt64) { integer(value) }
    func encode(_ value: some Encodable) throws { try sink.write(value) }

    private func integer(_ value: some BinaryInteger) {
        sink.writer.raw(String(value).utf8)
    }
}
