/// A `GET` that is written so plainly that its line need not be parsed to be understood.
///
/// Programs write almost all of their reads this way: `id`, `method` and `path` once each, in any order, and nothing
/// in them that JSON would escape. Whatever is written otherwise is none, right or wrong, and is left to `Request`;
/// what is one means the same there.
public struct PlainRead: Hashable, Sendable {
    /// Where the id stands in the line, in its quotes if it is a string: it can be echoed as it is.
    public let id: Range<Int>?
    /// Where the path stands in the line, without its quotes.
    public let path: Range<Int>

    /// Reads one line, without its end.
    public init?(line: UnsafeRawBufferPointer) {
        var scanner = PlainScanner(bytes: line)
        var id: Range<Int>?
        var path: Range<Int>?
        var isGet = false
        guard scanner.take("{") else { return nil }
        repeat {
            guard let name = scanner.string(), scanner.take(":") else { return nil }
            if line.holds("path", at: name), path == nil {
                path = scanner.string()
                guard path != nil else { return nil }
            } else if line.holds("id", at: name), id == nil {
                id = scanner.id()
                guard id != nil else { return nil }
            } else if line.holds("method", at: name), !isGet {
                guard let method = scanner.string(), line.holds("GET", at: method) else { return nil }
                isGet = true
            } else {
                return nil
            }
        } while scanner.take(",")
        guard scanner.take("}"), scanner.isAtEnd, isGet, let path else { return nil }
        self.id = id
        self.path = path
    }
}

/// Finds the parts of a flat object whose strings hold nothing but printable ASCII without escapes.
private struct PlainScanner {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return offset == bytes.count
        }
    }

    /// What stands between two quotes.
    mutating func string() -> Range<Int>? {
        guard take("\"") else { return nil }
        let start = offset
        while offset < bytes.count, bytes[offset].isPlain { offset += 1 }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
        offset += 1
        return start..<offset - 1
    }

    /// An id that is echoed the way it is written.
    mutating func id() -> Range<Int>? {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return integer() }
        guard let text = string(), text.count <= RequestID.maximumBytes else { return nil }
        return text.lowerBound - 1..<text.upperBound + 1
    }

    // Few enough digits for 64 bits, and no zero before others.
    private mutating func integer() -> Range<Int>? {
        let start = offset
        while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
        guard (1...18).contains(offset - start) else { return nil }
        return offset - start == 1 || bytes[start] != UInt8(ascii: "0") ? start..<offset : nil
    }

    private mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

    /// Whether it stands for itself inside of a JSON string.
    fileprivate var isPlain: Bool {
        0x20 <= self && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func holds(_ word: StaticString, at place: Range<Int>) -> Bool {
        guard place.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<place.count where self[place.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }
}
