extension [UInt8] {
    /// Appends a text as it stands between the quotes of a JSON string (RFC 8259, section 7).
    ///
    /// Beyond what JSON asks for, Unicode's own line breaks are escaped: a program that splits a file at each of
    /// them would else cut a line of JSON in two.
    mutating func appendEscapedForJSON(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var plainStart = 0
            for index in bytes.indices where JSONEscape.mayStart(with: bytes[index]) {
                guard let escape = JSONEscape(of: bytes[index...]) else { continue }
                append(contentsOf: bytes[plainStart..<index])
                append(contentsOf: escape.text.utf8)
                plainStart = index + escape.replacedByteCount
            }
            append(contentsOf: bytes[plainStart...])
        }
    }
}

/// How one character is written that cannot stand for itself.
private struct JSONEscape {
    let text: String
    let replacedByteCount: Int

    static func mayStart(with byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xc2 || byte == 0xe2
    }

    /// The escape of the character that the UTF-8 bytes start with; `nil` if it can stand for itself.
    init?(of bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        switch bytes.first {
        case UInt8(ascii: "\""): self.init("\\\"")
        case UInt8(ascii: "\\"): self.init("\\\\")
        case UInt8(ascii: "\n"): self.init("\\n")
        case UInt8(ascii: "\r"): self.init("\\r")
        case UInt8(ascii: "\t"): self.init("\\t")
        case let byte? where byte < 0x20: self.init("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
        case _ where bytes.starts(with: "\u{85}".utf8): self.init("\\u0085", replacing: 2)
        case _ where bytes.starts(with: "\u{2028}".utf8): self.init("\\u2028", replacing: 3)
        case _ where bytes.starts(with: "\u{2029}".utf8): self.init("\\u2029", replacing: 3)
        default: return nil
        }
    }

    private init(_ text: String, replacing byteCount: Int = 1) {
        self.text = text
        replacedByteCount = byteCount
    }
}
