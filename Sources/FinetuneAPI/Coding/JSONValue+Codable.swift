// `WireDecoder` and `WireEncoder` take a JSON value whole and never come here. Other coders could keep neither
// the order of an object's members nor the digits of a number, so they are refused rather than half served.
extension JSONValue: Codable {
    /// Throws: any JSON is read by `WireDecoder` alone.
    public init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "a JSONValue is decoded by WireDecoder"))
    }

    /// Throws: any JSON is written by `WireEncoder` alone.
    public func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
            self, .init(codingPath: encoder.codingPath, debugDescription: "a JSONValue is encoded by WireEncoder"))
    }
}
