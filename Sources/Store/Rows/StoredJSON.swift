import FoundationEssentials

/// JSON text in a column.
enum StoredJSON {
    // Whole words, so that a number that JSON lacks comes back as it went in.
    private static let notFinite = (positive: "inf", negative: "-inf", nan: "nan")

    /// Writes a value, with keys in order so that equal values are equal texts.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: notFinite.positive, negativeInfinity: notFinite.negative, nan: notFinite.nan)
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads a value back.
    static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: notFinite.positive, negativeInfinity: notFinite.negative, nan: notFinite.nan)
        return try decoder.decode(type, from: Data(text.utf8))
    }
}
