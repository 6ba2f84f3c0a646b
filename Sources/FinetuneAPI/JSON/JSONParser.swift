/// Reads one JSON value (RFC 8259) and nothing else.
///
/// Stricter than the standard asks for, since what is read here decides about money: duplicate names, lone
/// surrogates and bytes that are not UTF-8 are refused.
public struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let depthLimit: Int
    private var offset = 0
    private var depth = 0

    /// The value that `bytes` hold.
    ///
    /// - Parameter depthLimit: How deep arrays and objects may be nested.
    public static func parse(_ bytes: some Sequence<UInt8>, depthLimit: Int = 64) throws(JSONSyntaxError) -> JSONValue {
        let copy = ContiguousArray(bytes)
        let result = copy.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONSyntaxError) in try parse(buffer, depthLimit: depthLimit) }
        }
        return try result.get()
    }

    /// The value that the bytes in memory hold, without a copy of them.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int = 64) throws(JSONSyntaxError)
        -> JSONValue
    {
        var parser = JSONParser(bytes: bytes, depthLimit: depthLimit)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw .trailing(offset: parser.offset) }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }
}

// MARK: Values

extension JSONParser {
    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        guard let byte = peek() else { throw .endedEarly }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw .unexpected(offset: offset, expected: "a value")
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var members: [JSONObject.Member] = []
        var names = NameSet()
        if try !closes(with: "}") {
            // Of a request, and of most of what it holds.
            members.reserveCapacity(4)
            repeat {
                skipSpace()
                guard peek() == UInt8(ascii: "\"") else { throw missing("a key in double quotes") }
                let name = try string()
                guard names.insert(name, after: members) else { throw .duplicateKey(name) }
                skipSpace()
                guard take(":") else { throw missing("a colon") }
                members.append(JSONObject.Member(name: name, value: try value()))
            } while try continues(until: "}")
        }
        depth -= 1
        return .object(JSONObject(members: members))
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if try !closes(with: "]") {
            repeat { elements.append(try value()) } while try continues(until: "]")
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
        offset += 1
    }

    private mutating func closes(with bracket: Unicode.Scalar) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        return take(bracket)
    }

    private mutating func continues(until bracket: Unicode.Scalar) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        if take(",") { return true }
        if take(bracket) { return false }
        throw missing("a comma or \(bracket)")
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for place in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[place] else { throw missing("\"\(word)\"") }
            offset += 1
        }
        return value
    }

    private func missing(_ expected: String) -> JSONSyntaxError {
        offset < bytes.count ? .unexpected(offset: offset, expected: expected) : .endedEarly
    }
}

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = offset
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return .number(JSONNumber(text: String(decoding: bytes[start..<offset], as: UTF8.self)))
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = offset
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        guard offset > start else { throw missing("a digit") }
    }
}

// MARK: Strings

extension JSONParser {
    private mutating func string() throws(JSONSyntaxError) -> String {
        offset += 1
        let run = plainRun()
        guard let byte = peek() else { throw .endedEarly }
        switch byte {
        case UInt8(ascii: "\""):
            offset += 1
            return try text(run)
        case UInt8(ascii: "\\"): return try escapedString(after: run)
        default: throw .unexpected(offset: offset, expected: "no control character")
        }
    }

    private mutating func escapedString(after start: Range<Int>) throws(JSONSyntaxError) -> String {
        var result = try text(start)
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return result
            case UInt8(ascii: "\\"):
                offset += 1
                result.unicodeScalars.append(try escape())
            case 0..<0x20: throw .unexpected(offset: offset, expected: "no control character")
            default: result += try text(plainRun())
            }
        }
        throw .endedEarly
    }

    private mutating func plainRun() -> Range<Int> {
        let start = offset
        var end = start
        while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\")
        {
            end += 1
        }
        offset = end
        return start..<end
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = peek() else { throw .endedEarly }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw .unexpected(offset: offset - 1, expected: "an escape that JSON has")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = offset - 2
        let high = try hexadecimalUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, take("\\"), take("u") else { throw .loneSurrogate(offset: start) }
        let low = try hexadecimalUnit()
        guard (0xDC00..<0xE000).contains(low) else { throw .loneSurrogate(offset: start) }
        let code = 0x10000 + (UInt32(high - 0xD800) << 10 | UInt32(low - 0xDC00))
        guard let scalar = Unicode.Scalar(code) else { throw .loneSurrogate(offset: start) }
        return scalar
    }

    private mutating func hexadecimalUnit() throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw .endedEarly }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw .unexpected(offset: offset, expected: "a hexadecimal digit")
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    private func text(_ range: Range<Int>) throws(JSONSyntaxError) -> String {
        let bytes = UnsafeBufferPointer(rebasing: bytes[range])
        // Most text is ASCII, which is never ill-formed: no need for the long way to a string.
        if bytes.reduce(0, |) < 0x80 { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .invalidUTF8(offset: firstInvalidByte(in: range))
        }
        return text
    }

    private func firstInvalidByte(in range: Range<Int>) -> Int {
        var place = range.lowerBound
        var decoder = UTF8.ForwardParser()
        var iterator = bytes[range].makeIterator()
        while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { place += scalar.count }
        return place
    }
}

// MARK: Bytes

extension JSONParser {
    private func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }
}

/// The names of one object. Small objects are searched, large ones hashed, so that a hostile one costs no more.
private struct NameSet {
    private var names: Set<String>?

    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if members.count < 16 { return !members.contains { $0.name == name } }
        if names == nil { names = Set(members.map(\.name)) }
        return names?.insert(name).inserted ?? true
    }
}
