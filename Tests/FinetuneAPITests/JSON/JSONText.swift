import FinetuneAPI
import Testing

/// The value that a text holds.
func json(_ text: String, depthLimit: Int = 64) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.parse(text.utf8, depthLimit: depthLimit)
}

/// Bytes as a test's name shows them, and the bytes.
struct JSONText: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    init(_ title: String, _ bytes: [UInt8]) {
        testDescription = title
        self.bytes = bytes
    }

    init(_ title: String, _ text: String) {
        self.init(title, Array(text.utf8))
    }

    /// A string literal of these bytes, in its quotes.
    init(_ title: String, quoted bytes: [UInt8]) {
        self.init(title, [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
    }
}
