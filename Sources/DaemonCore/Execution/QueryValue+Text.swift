import FinetuneAPI
import TrainingData

extension QueryValue {
    /// The value in a reply. JSON has neither bytes nor infinity: both are texts there.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .integer(let value): .number(JSONNumber(Int(value)))
        case .real(let value): value.isFinite ? .number(JSONNumber(value)) : .string("\(value)")
        case .text(let text): .string(text)
        case .blob(let bytes): .string(Self.literal(bytes))
        }
    }

    /// The value as a field of comma-separated values; NULL is an empty one.
    var csvField: String {
        switch self {
        case .null: ""
        case .integer(let value): String(value)
        case .real(let value): "\(value)"
        case .text(let text): CSVLine.field(text)
        case .blob(let bytes): Self.literal(bytes)
        }
    }

    /// Bytes as SQL writes them: `X'0AFF'`.
    private static func literal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "X'" + String(decoding: text, as: UTF8.self) + "'"
    }
}

/// A line of comma-separated values (RFC 4180).
enum CSVLine {
    /// The line of these fields, with its end.
    static func of(_ fields: some Sequence<String>) -> String {
        fields.joined(separator: ",") + "\r\n"
    }

    /// A text as a field. An empty text stands in quotes, which tells it from NULL.
    static func field(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.utf8.contains { ["\"", ",", "\n", "\r"].contains(Unicode.Scalar($0)) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
