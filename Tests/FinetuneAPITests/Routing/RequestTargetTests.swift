import FinetuneAPI
import SeededRandomness
import Spelling
import Testing

@Suite("A request's path")
struct RequestTargetTests {
    @Test(
        "falls into its parts",
        arguments: [
            ("/", []), ("/api/v1/heartbeat", ["api", "v1", "heartbeat"]), ("/a//b/", ["a", "b"]),
            ("/a%2Fb/%C3%A9", ["a/b", "é"]), ("/%25%32%35", ["%25"]), ("/a+b", ["a+b"]),
        ])
    func segments(path: String, segments: [String]) throws {
        #expect(try RequestTarget(path).segments == segments)
    }

    @Test(
        "has a query of names and values, in their order",
        arguments: [
            ("/x", [:]), ("/x?", [:]), ("/x?a=1&b=2", ["a": "1", "b": "2"]), ("/x?b=&a", ["b": "", "a": ""]),
            ("/x?a=1=2", ["a": "1=2"]), ("/x?a=%26%3D%3f&&b=?", ["a": "&=?", "b": "?"]),
            ("/x?n%61me=%F0%9F%98%80", ["name": "😀"]),
        ] as [(String, JSONValue)])
    func query(path: String, query: JSONValue) throws {
        #expect(JSONValue.object(try RequestTarget(path).query) == query)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "api/v1/heartbeat", "http://host/api", "/a%", "/a%2", "/a%2g", "/a%+f", "/a%-1", "/%FF", "/%C0%AF",
            "/%ED%A0%80", "/x?a=%", "/x?%zz=1", "/x?a=1&a=2", "/x?a=1&%61=2",
        ])
    func refusals(path: String) throws {
        #expect(try #require(throws: APIError.self) { try RequestTarget(path) }.code == .invalidField)
    }

    @Test("of very many names is taken apart all the same")
    func manyNames() throws {
        let path = "/x?" + (0..<100_000).map { "k\($0)" }.joined(separator: "&")
        #expect(try RequestTarget(path).query.members.count == 100_000)
    }
}

@Suite("Percent-coding")
struct PercentCodingTests {
    @Test(
        "writes all but letters, digits and -._~ in hexadecimal",
        arguments: [
            ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b/c?d=e&f", "a%20b%2Fc%3Fd%3De%26f"), ("é😀", "%C3%A9%F0%9F%98%80"),
            ("%", "%25"), ("\n\0", "%0A%00"),
        ])
    func encodes(text: String, encoded: String) {
        #expect(PercentCoding.encode(text) == encoded)
        #expect(PercentCoding.decode(encoded[...]) == text)
        #expect(PercentCoding.decode(encoded.lowercased()[...]) == text.lowercased())
    }

    @Test("reads back whatever it wrote", arguments: UInt64(1)...4)
    func roundTrips(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) }
            let text = String(String.UnicodeScalarView(scalars))
            #expect(PercentCoding.decode(PercentCoding.encode(text)[...]) == text)
        }
    }
}
