/// The id of a resource: twelve bytes, written as 24 lower-case hexadecimal digits.
///
/// The first four bytes are the second of its making, so ids sort by time; the eight that follow tell apart
/// what was made within one second. The written form is the one that MongoDB made common.
public struct ObjectID: Hashable, Sendable {
    /// The first four bytes: seconds since 1970, unsigned.
    public let seconds: UInt32
    /// The last eight bytes.
    public let suffix: UInt64

    /// Makes an id from its two parts.
    public init(seconds: UInt32, suffix: UInt64) {
        self.seconds = seconds
        self.suffix = suffix
    }

    /// Reads 24 hexadecimal digits, in either case; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        self.init(utf8: text.utf8)
    }

    /// Reads 24 hexadecimal digits from UTF-8 bytes; `nil` for anything else.
    public init?(utf8 digits: some Sequence<UInt8>) {
        var seconds: UInt32 = 0
        var suffix: UInt64 = 0
        var count = 0
        for digit in digits {
            guard count < 24, let value = Self.value(ofHexadecimalDigit: digit) else { return nil }
            if count < 8 {
                seconds = seconds << 4 | UInt32(value)
            } else {
                suffix = suffix << 4 | UInt64(value)
            }
            count += 1
        }
        guard count == 24 else { return nil }
        self.init(seconds: seconds, suffix: suffix)
    }

    private static func value(ofHexadecimalDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ObjectID: CustomStringConvertible {
    /// 24 lower-case hexadecimal digits.
    public var description: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            for place in 0..<24 {
                let nibble =
                    place < 8
                    ? UInt8(truncatingIfNeeded: seconds >> UInt32(28 - 4 * place)) & 15
                    : UInt8(truncatingIfNeeded: suffix >> UInt64(60 - 4 * (place - 8))) & 15
                buffer[place] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
            }
            return 24
        }
    }
}

extension ObjectID: Comparable {
    /// The order of making, and of the written form.
    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.seconds, left.suffix) < (right.seconds, right.suffix)
    }
}
