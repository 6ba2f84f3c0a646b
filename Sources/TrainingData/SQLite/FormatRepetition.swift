/// How often `%c` of a format repeats its character: `%.5c` five times. SQLite tries all of them, even after the text
/// has become too long, so a format of a dozen bytes could take hours.
enum FormatRepetition {
    /// The characters that all `%c` of a format make; `precisionOfStars` is the most that a `*` may stand for.
    ///
    /// It is never less than what SQLite would make: it takes for a part of a conversion all that SQLite may.
    static func characters(in format: some Sequence<UInt8>, precisionOfStars: Int) -> Int {
        var characters = 0
        var bytes = format.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else { continue }
            var conversion = Conversion(precisionOfStars: precisionOfStars)
            while let part = bytes.next() {
                guard conversion.takes(part) else {
                    if part == UInt8(ascii: "c") { characters += conversion.precision ?? 0 }
                    break
                }
            }
        }
        return characters
    }

    private struct Conversion {
        // Precisions are numbers of 32 bits; as many conversions as a text can hold do not overflow 64.
        private static let most = Int(Int32.max)

        let precisionOfStars: Int
        private(set) var precision: Int?

        init(precisionOfStars: Int) {
            self.precisionOfStars = min(precisionOfStars, Self.most)
        }

        /// Whether a byte still belongs to what stands before the conversion's letter.
        mutating func takes(_ part: UInt8) -> Bool {
            switch part {
            case UInt8(ascii: "."):
                precision = 0
            case UInt8(ascii: "*"):
                if precision != nil { precision = precisionOfStars }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                precision = precision.map { min($0 * 10 + Int(part - UInt8(ascii: "0")), Self.most) }
            default:
                return "-+ #!,l".utf8.contains(part)
            }
            return true
        }
    }
}
