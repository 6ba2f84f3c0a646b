/// Writes JSON as bytes on one line, members in the order in which they are written.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty text.
    public init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Bytes that are known to be JSON, or part of it.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        bytes.append(contentsOf: json)
    }

    /// Text that is known to be JSON, or part of it.
    public mutating func raw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    /// One character of JSON's own.
    public mutating func mark(_ character: Unicode.Scalar) {
        bytes.append(UInt8(ascii: character))
    }

    /// A value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let bool): raw(bool ? "true" : "false")
        case .number(let number): raw(number.text.utf8)
        case .string(let text): string(text)
        case .array(let elements): array(elements)
        case .object(let members): object(members)
        }
    }

    /// A string in its quotes.
    public mutating func string(_ text: String) {
        var text = text
        mark("\"")
        text.withUTF8 { buffer in
            var start = 0
            for place in 0..<buffer.count {
                let byte = buffer[place]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<place]))
                escape(byte)
                start = place + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
        }
        mark("\"")
    }

    private mutating func array(_ elements: [JSONValue]) {
        mark("[")
        for (place, element) in elements.enumerated() {
            if place > 0 { mark(",") }
            value(element)
        }
        mark("]")
    }

    private mutating func object(_ object: JSONObject) {
        mark("{")
        for (place, member) in object.members.enumerated() {
            if place > 0 { mark(",") }
            string(member.name)
            mark(":")
            value(member.value)
        }
        mark("}")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        default:
            let digits = String(byte, radix: 16)
            raw(digits.utf8.count == 1 ? "\\u000" : "\\u00")
            raw(digits.utf8)
        }
    }
}

extension JSONValue {
    /// The value as JSON on one line.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The value as JSON on one line.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
