import FinetuneAPI
import Testing

@Suite("The JSON parser takes")
struct JSONParserTests {
    @Test(
        "every kind of value",
        arguments: [
            ("null", .null), ("true", true), ("false", false), ("0", 0), ("-7", -7), ("\"\"", ""),
            ("\"é😀\"", "é😀"), ("[]", []), ("{}", [:]), ("[1,[2,[]],{}]", [1, [2, []], [:]]),
            (#"{"b":1,"a":{"c":null}}"#, ["b": 1, "a": ["c": .null]]),
            (" \t\r\n[ 1 , 2 ]\n", [1, 2]), (#"{ "a" : 1 , "b" : 2 }"#, ["a": 1, "b": 2]),
        ] as [(String, JSONValue)])
    func values(text: String, value: JSONValue) throws {
        #expect(try json(text) == value)
    }

    @Test(
        "every escape",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "A\u{e9}\u{20ac}"),
            (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\0"),
            (#""a\u0062c""#, "abc"), (#""\uFFFF\uE000""#, "\u{FFFF}\u{E000}"),
        ])
    func escapes(text: String, value: String) throws {
        #expect(try json(text).string.map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test("characters that need no escape: DEL, line separators, the last of each length in UTF-8")
    func plainCharacters() throws {
        let text = "\u{7F}\u{2028}\u{2029}\u{7FF}\u{FFFD}\u{FEFF}\u{10FFFF}"
        #expect(try json("\"\(text)\"") == .string(text))
    }

    @Test(
        "numbers as they were written",
        arguments: ["-0", "1.50", "1e5", "1E+5", "1e-5", "123456789012345678901234567890", "0.1e-400", "-1.0e+10"])
    func numbers(text: String) throws {
        let value = try json(text)
        #expect(value.text == text)
    }

    @Test(
        "an integer as one only if it is written so and 64 bits hold it",
        arguments: [
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("9223372036854775808", nil),
            ("1.0", nil), ("1e3", nil), ("-0", 0),
        ] as [(String, Int?)])
    func integers(text: String, integer: Int?) throws {
        #expect(try json(text).integer == integer)
    }

    @Test("nesting to the limit, and says where it ends")
    func nesting() throws {
        let deep = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try json(deep(64)) }
        #expect(throws: JSONSyntaxError.tooDeep(limit: 64)) { try json(deep(65)) }
        #expect(throws: JSONSyntaxError.tooDeep(limit: 64)) { try json(String(repeating: #"{"a":"#, count: 1_000_000)) }
        #expect(throws: JSONSyntaxError.tooDeep(limit: 1)) { try json(#"{"a":[]}"#, depthLimit: 1) }
        #expect(throws: Never.self) { try json("[\(Array(repeating: "[]", count: 100).joined(separator: ","))]") }
    }

    @Test("objects of many members in their order")
    func manyMembers() throws {
        let names = (0..<5_000).map { "name\($0)" }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try json(text).object?.members.map(\.name) == names)
        #expect(throws: JSONSyntaxError.duplicateKey("name7")) { try json(text.dropLast() + #","name7":1}"#) }
    }
}
