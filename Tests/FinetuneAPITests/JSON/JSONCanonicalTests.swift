import FinetuneAPI
import Testing

@Suite("Canonical JSON")
struct JSONCanonicalTests {
    @Test("the order of members makes no difference, at any depth; that of elements does")
    func order() throws {
        let one = try JSONParser.parse(#"{"b":[{"y":1,"x":2.0}],"a":null,"é":true}"#.utf8)
        let other = try JSONParser.parse(#"{"é":true,"a":null,"b":[{"x":2.0,"y":1}]}"#.utf8)
        #expect(one.canonicalBytes == other.canonicalBytes)
        #expect(String(decoding: one.canonicalBytes, as: UTF8.self) == #"{"a":null,"b":[{"x":2.0,"y":1}],"é":true}"#)
        #expect(JSONValue.array([1, 2]).canonicalBytes != JSONValue.array([2, 1]).canonicalBytes)
    }
}
