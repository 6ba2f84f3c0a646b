/// Replaces a value by its shape: as many letters, digits and other characters, in the same places.
///
/// Every letter becomes `x` and every digit `1`. What letters and digits there were cannot be found out from that, as
/// it could from a hash: there are few names and telephone numbers, and all of them can be tried.
enum ValueMask {
    static func shape(of value: SampleValue) -> SampleValue {
        switch value {
        case .null: .null
        case .integer(let number): Int64(shape(of: String(number))).map(SampleValue.integer) ?? .null
        case .real(let number): Double(shape(ofNumber: number.description)).map(SampleValue.real) ?? .null
        case .text(let text): .text(shape(of: text))
        case .blob(let byteCount): .blob(byteCount: byteCount)
        }
    }

    /// `Xxxx 1, xxxxx@xxx.xx` of `Jane 7, jane1@doe.de`.
    static func shape(of text: String) -> String {
        var shape = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: shape += "X"
            case .lowercaseLetter, .modifierLetter, .otherLetter: shape += "x"
            case .decimalNumber, .letterNumber, .otherNumber: shape += "1"
            case .nonspacingMark, .spacingMark, .enclosingMark: break
            case _: shape.unicodeScalars.append(scalar)
            }
        }
        return shape
    }

    /// The shapes of the texts, each once, in the order of the first text of each.
    static func distinctShapes(of texts: [String]) -> [String] {
        var known: Set<String> = []
        return texts.map { shape(of: $0) }.filter { known.insert($0).inserted }
    }

    // The letters of a number are its exponent and the words for what is no number, and stay.
    private static func shape(ofNumber text: String) -> String {
        String(text.map { $0.isASCII && $0.isNumber ? "1" : $0 })
    }
}
