/// Makes UTF-8 without a byte order mark of a file's bytes, whichever of UTF-8 and UTF-16 they are in.
///
/// What is no text stays recognisable: half a surrogate pair becomes the three bytes that it would have as a
/// character, and a cut-off end the first byte of a character. Neither is UTF-8, so the line in question is found.
struct TextTranscoder: Sendable {
    private enum Encoding {
        case utf8
        case utf16(isBigEndian: Bool)
    }

    private var encoding: Encoding?
    private var rest: [UInt8] = []
    private var highSurrogate: UInt16?

    /// The text of the next bytes. Nothing is kept after `isLast`.
    mutating func transcode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        if let encoding { return transcode(bytes[...], encoding, isLast: isLast) }
        rest += bytes
        guard rest.count >= 4 || isLast else { return [] }
        let start = rest
        let (encoding, markLength) = Self.recognize(start)
        self.encoding = encoding
        rest = []
        return transcode(start.dropFirst(markLength), encoding, isLast: isLast)
    }

    private static func recognize(_ start: [UInt8]) -> (Encoding, markLength: Int) {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16(isBigEndian: false), 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16(isBigEndian: true), 2) }
        // Without a mark: two ASCII characters at the start give UTF-16 away.
        let zeros = start.prefix(4).map { $0 == 0 }
        if zeros == [false, true, false, true] { return (.utf16(isBigEndian: false), 0) }
        if zeros == [true, false, true, false] { return (.utf16(isBigEndian: true), 0) }
        return (.utf8, 0)
    }

    private mutating func transcode(_ bytes: ArraySlice<UInt8>, _ encoding: Encoding, isLast: Bool) -> [UInt8] {
        switch encoding {
        case .utf8: return bytes.startIndex == 0 ? Array(bytes) : [UInt8](bytes)
        case .utf16(let isBigEndian):
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count)
            rest += bytes
            let isOdd = rest.count % 2 == 1
            for place in stride(from: 0, to: rest.count - 1, by: 2) {
                let (high, low) = isBigEndian ? (rest[place], rest[place + 1]) : (rest[place + 1], rest[place])
                append(UInt16(high) << 8 | UInt16(low), to: &text)
            }
            rest = isOdd ? [rest[rest.count - 1]] : []
            if isLast { finish(&text) }
            return text
        }
    }

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if (0xDC00...0xDFFF).contains(unit) {
                let scalar = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
                return Self.append(scalar, to: &text)
            }
            Self.append(UInt32(high), to: &text)
        }
        if (0xD800...0xDBFF).contains(unit) {
            highSurrogate = unit
        } else {
            Self.append(UInt32(unit), to: &text)
        }
    }

    private mutating func finish(_ text: inout [UInt8]) {
        if let highSurrogate { Self.append(UInt32(highSurrogate), to: &text) }
        if !rest.isEmpty { text.append(0xE2) }
        highSurrogate = nil
        rest = []
    }

    private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: text.append(UInt8(scalar))
        case 0x80..<0x800: text += [0xC0 | UInt8(scalar >> 6), continuation(scalar)]
        case 0x800..<0x10000: text += [0xE0 | UInt8(scalar >> 12), continuation(scalar >> 6), continuation(scalar)]
        default:
            text += [
                0xF0 | UInt8(scalar >> 18), continuation(scalar >> 12), continuation(scalar >> 6),
                continuation(scalar),
            ]
        }
    }

    private static func continuation(_ bits: UInt32) -> UInt8 { 0x80 | UInt8(bits & 0x3F) }
}
