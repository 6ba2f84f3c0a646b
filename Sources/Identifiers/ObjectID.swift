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
        // The bytes of most text lie in memory side by side, so none need be fetched by a call of its own.
        let read =
            text.utf8.withContiguousStorageIfAvailable { Self(digits: $0) }
            ?? Array(text.utf8).withUnsafeBufferPointer { Self(digits: $0) }
        guard let read else { return nil }
        self = read
    }

    private init?(digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 24 else { return nil }
        var seconds: UInt32 = 0
        var suffix: UInt64 = 0
        for (place, digit) in digits.enumerated() {
            guard let value = Self.value(ofHexadecimalDigit: digit) else { return nil }
            if place < 8 {
                seconds = seconds << 4 | UInt32(value)
            } else {
                suffix = suffix << 4 | UInt64(value)
            }
        }
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
