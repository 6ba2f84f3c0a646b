import FinetuneAPI
import SeededRandomness
import Testing

@Suite("The JSON parser refuses")
struct JSONRefusalTests {
    @Test("what is no JSON", arguments: structure + numbers + strings)
    func noJSON(text: JSONText) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text.bytes) }
    }

    private static let structure = [
        JSONText("nothing", ""), JSONText("space alone", " \n\t "), JSONText("two values", "1 2"),
        JSONText("a value and a bracket", "{}]"), JSONText("a comma alone", ","),
        JSONText("an empty element", "[1,,2]"),
        JSONText("a comma at an array's end", "[1,]"), JSONText("a comma at an object's end", #"{"a":1,}"#),
        JSONText("a comma at an array's start", "[,1]"), JSONText("elements without a comma", "[1 2]"),
        JSONText("a missing colon", #"{"a" 1}"#), JSONText("two colons", #"{"a"::1}"#),
        JSONText("a missing value", #"{"a":}"#), JSONText("a key without quotes", "{a:1}"),
        JSONText("a key in single quotes", "{'a':1}"), JSONText("a key that is a number", "{1:1}"),
        JSONText("the wrong bracket", "[1}"), JSONText("a comment", "/* no */ 1"),
        JSONText("a line comment", "1 // no"),
        JSONText("an upper-case word", "TRUE"), JSONText("a cut word", "nul"), JSONText("a longer word", "nulls"),
        JSONText("undefined", "undefined"), JSONText("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
        JSONText("UTF-16", [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]), JSONText("a NUL", [0x00]),
        JSONText("a NUL after the value", Array("{}".utf8) + [0x00]), JSONText("a form feed as space", "\u{c}1"),
        JSONText("a no-break space", "\u{a0}1"),
    ]

    private static let numbers = [
        JSONText("a leading zero", "01"), JSONText("a leading zero after the sign", "-01"), JSONText("a plus", "+1"),
        JSONText("a minus alone", "-"), JSONText("two minuses", "--1"), JSONText("a point at the end", "1."),
        JSONText("a point at the start", ".5"), JSONText("a point before the exponent", "1.e5"),
        JSONText("an empty exponent", "1e"), JSONText("an exponent of a sign", "1e+"),
        JSONText("a broken exponent", "1e1.5"), JSONText("hexadecimal", "0x1F"), JSONText("not a number", "NaN"),
        JSONText("infinity", "Infinity"), JSONText("minus infinity", "-Infinity"), JSONText("an underscore", "1_000"),
        JSONText("a space within", "1 000"), JSONText("other digits", "١"),
    ]

    private static let strings = [
        JSONText("an open string", #""abc"#), JSONText("a string that ends in an escape", #""abc\""#),
        JSONText("a backslash at the end", #""\"#), JSONText("an unknown escape", #""\a""#),
        JSONText("a hexadecimal escape", #""\x41""#), JSONText("an upper-case escape", #""\U0041""#),
        JSONText("three digits", #""\u004""#), JSONText("a digit that is none", #""\u00g1""#),
        JSONText("a signed escape", #""\u+041""#), JSONText("a high surrogate alone", #""\ud83d""#),
        JSONText("a low surrogate alone", #""\ude00""#), JSONText("surrogates the wrong way round", #""\ude00\ud83d""#),
        JSONText("a high surrogate and a letter", #""\ud83da""#),
        JSONText("a high surrogate and another escape", #""\ud83d\n""#),
        JSONText("two high surrogates", #""\ud83d\ud83d""#), JSONText("a line feed", "\"a\nb\""),
        JSONText("a tab", "\"a\tb\""), JSONText("a NUL in a string", quoted: [0x00]),
        JSONText("a control character after an escape", quoted: Array("\\n".utf8) + [0x1F]),
        JSONText("single quotes", "'a'"), JSONText("a continuation byte alone", quoted: [0x80]),
        JSONText("a cut sequence", quoted: [0xE2, 0x82]), JSONText("an overlong slash", quoted: [0xC0, 0xAF]),
        JSONText("an overlong slash of three bytes", quoted: [0xE0, 0x80, 0xAF]),
        JSONText("an overlong slash of four bytes", quoted: [0xF0, 0x80, 0x80, 0xAF]),
        JSONText("an overlong NUL", quoted: [0xC0, 0x80]),
        JSONText("a surrogate in UTF-8", quoted: [0xED, 0xA0, 0x80]),
        JSONText("a character above the last", quoted: [0xF4, 0x90, 0x80, 0x80]),
        JSONText("a byte that UTF-8 lacks", quoted: [0xFF]),
        JSONText("a bad byte after an escape", quoted: Array("\\n".utf8) + [0xC3]),
        JSONText("a bad byte in a key", Array("{\"".utf8) + [0xFF] + Array("\":1}".utf8)),
    ]

    @Test(
        "a key that stands twice, however it is written",
        arguments: [#"{"a":1,"a":1}"#, #"{"a":1,"b":2,"\u0061":3}"#, #"[{"x":{"a":1,"a":2}}]"#, #"{"":1,"":2}"#])
    func duplicateKeys(text: String) {
        #expect { try json(text) } throws: { error in
            if case JSONSyntaxError.duplicateKey = error { true } else { false }
        }
    }

    @Test("every beginning of a text that is not all of it")
    func prefixes() throws {
        let text = #"{"id":1,"é":[true,false,null,-1.5e+10,"a\u00e9\ud83d\ude00\n😀"],"o":{"a":{},"b":[]}}"#
        let bytes = Array(text.utf8)
        #expect(throws: Never.self) { try JSONParser.parse(bytes) }
        for length in bytes.indices {
            #expect(throws: JSONSyntaxError.self, "\(length) bytes") { try JSONParser.parse(bytes[..<length]) }
        }
    }

    @Test("what is wrong, and says where")
    func places() {
        #expect(throws: JSONSyntaxError.endedEarly) { try json(#"{"a":"#) }
        #expect(throws: JSONSyntaxError.trailing(offset: 3)) { try json("{} x") }
        #expect(throws: JSONSyntaxError.unexpected(offset: 3, expected: "a value")) { try json("[1,]") }
        #expect(throws: JSONSyntaxError.loneSurrogate(offset: 2)) { try json(#"["\ud800x"]"#) }
        let bytes = Array("[\"é".utf8) + [0xFF] + Array("\"]".utf8)
        #expect(throws: JSONSyntaxError.invalidUTF8(offset: 4)) { try JSONParser.parse(bytes) }
    }

    @Test("bytes changed at random, or reads what it can write again", arguments: UInt64(1)...8)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let seedText = Array(#"{"id":12,"a":["\u00e9\\",{"b":-0.5e3,"c":null}],"d":"é😀","e":true}"#.utf8)
        for _ in 0..<2_000 {
            var bytes = seedText
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                let value = try JSONParser.parse(bytes)
                #expect(try JSONParser.parse(value.bytes) == value)
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }
}
