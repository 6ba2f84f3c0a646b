/// A piece of a page. Text is escaped where it comes in, and nowhere else.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The piece as it is written.
    private(set) var source: String

    /// Markup of ours.
    init(stringLiteral value: String) {
        source = value
    }

    init(stringInterpolation: Interpolation) {
        source = stringInterpolation.source
    }

    /// Somebody's text.
    static func text(_ text: String) -> HTML { "\(text)" }

    /// Puts pieces one after the other.
    static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

    /// Markup with values in it: pieces stay as they are, text is escaped.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        mutating func appendInterpolation(_ piece: HTML) {
            source += piece.source
        }

        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }

        mutating func appendInterpolation(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": source += "&amp;"
                case "<": source += "&lt;"
                case ">": source += "&gt;"
                case "\"": source += "&quot;"
                case "'": source += "&#39;"
                case "\n", "\t": source.unicodeScalars.append(scalar)
                // No page may hold other control characters.
                case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): source += "\u{FFFD}"
                default: source.unicodeScalars.append(scalar)
                }
            }
        }

        mutating func appendInterpolation(_ number: Int) {
            source += String(number)
        }
    }
}
