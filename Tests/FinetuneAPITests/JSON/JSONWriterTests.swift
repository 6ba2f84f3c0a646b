import FinetuneAPI
import SeededRandomness
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    @Test(
        "writes values on one line, without spaces, members in order",
        arguments: [
            (.null, "null"), (true, "true"), (-3, "-3"), (0.5, "0.5"), ([], "[]"), ([:], "{}"),
            (["z": 1, "a": [.null, "x"]], #"{"z":1,"a":[null,"x"]}"#),
            ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{1}\u{8}\u{1f}", #""\u0000\u0001\u0008\u001f""#),
            ("\u{7F}\u{2028}é😀", "\"\u{7F}\u{2028}é😀\""), (["a\nb": 1], #"{"a\nb":1}"#),
        ] as [(JSONValue, String)])
    func writes(value: JSONValue, text: String) {
        #expect(value.text == text)
    }

    @Test(
        "writes a double that JSON lacks as zero, and a whole one as an integer",
        arguments: [
            (Double.nan, "0"), (.infinity, "0"), (-.infinity, "0"), (3, "3"), (-0.0, "0"), (0.1, "0.1"),
            (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"), (1e15, "1000000000000000"),
        ])
    func doubles(double: Double, text: String) throws {
        #expect(JSONNumber(double).text == text)
        #expect(throws: Never.self) { try json(text) }
    }

    @Test("writes what the parser reads back the same", arguments: UInt64(1)...8)
    func roundTrips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = RandomJSON.value(depth: 6, using: &random)
            let bytes = value.bytes
            #expect(!bytes.contains { $0 < 0x20 })
            #expect(try JSONParser.parse(bytes).bytes == bytes)
            #expect(try JSONParser.parse(bytes) == value)
        }
    }
}

private enum RandomJSON {
    static func value(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: .null
        case 1: .bool(random.chance(50))
        case 2: .number(JSONNumber(Int.random(in: .min ... .max, using: &random)))
        case 3: .number(JSONNumber(Double(bitPattern: random.next())))
        case 4: .string(string(using: &random))
        case 5: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: depth - 1, using: &random) })
        default: object(depth: depth - 1, using: &random)
        }
    }

    // More than sixteen members now and then: the parser keeps the names of such an object in another way.
    private static func object(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<(random.chance(5) ? 40 : 5), using: &random) {
            object[string(using: &random)] = value(depth: min(depth, 2), using: &random)
        }
        return .object(object)
    }

    private static func string(using random: inout SeededGenerator) -> String {
        let kinds: [ClosedRange<UInt32>] = [0...0x1F, 0x20...0x7F, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
        var string = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            if let scalar = Unicode.Scalar(UInt32.random(in: random.pick(kinds), using: &random)) {
                string.append(scalar)
            }
        }
        return String(string)
    }
}
