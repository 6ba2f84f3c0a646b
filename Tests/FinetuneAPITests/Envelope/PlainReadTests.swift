import FinetuneAPI
import SeededRandomness
import Testing

@Suite("A plain read")
struct PlainReadTests {
    private struct Parts: Equatable {
        let id: String?
        let path: String
    }

    private func parts(of line: String) -> Parts? {
        let bytes = Array(line.utf8)
        guard let read = bytes.withUnsafeBytes({ PlainRead(line: $0) }) else { return nil }
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return Parts(id: read.id.map(text), path: text(read.path))
    }

    @Test(
        "is found in a line as programs write it",
        arguments: [
            (#"{"id":1,"method":"GET","path":"/a"}"#, "1"),
            (#" { "path" : "/a", "method" : "GET" , "id" : 1 } "#, "1"),
            ("{\t\"id\":\"a b\",\"method\":\"GET\",\"path\":\"/a\"}", #""a b""#),
            (#"{"method":"GET","path":"/a"}"#, nil),
            (#"{"id":0,"method":"GET","path":"/a"}"#, "0"),
            (#"{"id":123456789012345678,"method":"GET","path":"/a"}"#, "123456789012345678"),
            (#"{"id":"","method":"GET","path":"/a"}"#, #""""#),
        ])
    func isFound(line: String, id: String?) {
        #expect(parts(of: line) == Parts(id: id, path: "/a"))
    }

    @Test(
        "is not what has to be parsed",
        arguments: [
            "", "{", "{}", "[]", #""GET""#,
            #"{"id":1,"method":"POST","path":"/a"}"#,
            #"{"id":1,"method":"GET","path":"/a","body":{}}"#,
            #"{"id":1,"method":"GET","path":"/a","idempotency_key":"k"}"#,
            #"{"id":1,"method":"GET","path":"/a","id":2}"#,
            #"{"id":1,"method":"GET","path":"/a","path":"/a"}"#,
            #"{"id":1,"method":"GET","path":"/a","method":"GET"}"#,
            #"{"id":1,"method":"GET","path":"\/a"}"#, #"{"id":1,"method":"GET","path":"/ä"}"#,
            "{\"id\":1,\"method\":\"GET\",\"path\":\"/a\t\"}", "{\"id\":1,\"method\":\"GET\",\"path\":\"/a\u{7F}\"}",
            #"{"id":1,"method":"GET","path":"/a"} x"#, #"{"id":1,"method":"GET","path":"/a",}"#,
            #"{"id":1,"method":"GET","path":"/a""#, #"{"id":1,"method":"GET"}"#, #"{"id":1,"path":"/a"}"#,
            #"{"id":01,"method":"GET","path":"/a"}"#, #"{"id":-0,"method":"GET","path":"/a"}"#,
            #"{"id":1.0,"method":"GET","path":"/a"}"#, #"{"id":1e3,"method":"GET","path":"/a"}"#,
            #"{"id":1234567890123456789,"method":"GET","path":"/a"}"#,
            #"{"id":null,"method":"GET","path":"/a"}"#, #"{"id":,"method":"GET","path":"/a"}"#,
            #"{"id":"\#(String(repeating: "i", count: 129))","method":"GET","path":"/a"}"#,
        ])
    func isNot(line: String) {
        #expect(parts(of: line) == nil)
    }

    @Test("means what its line means when it is parsed", arguments: UInt64(0)..<8)
    func meansTheSame(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let seeds = [
            #"{"id":17,"method":"GET","path":"/api/v1/finetunings/0123"}"#,
            #"{"path":"/api","id":"x","method":"GET"}"#, #"{ "method": "GET", "path": "/a?b=1" }"#,
        ].map { Array($0.utf8) }
        var plainCount = 0
        for _ in 0..<20_000 {
            var line = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
            }
            guard let read = line.withUnsafeBytes({ PlainRead(line: $0) }) else { continue }
            plainCount += 1
            let request = try line.withUnsafeBufferPointer { try Request(line: $0) }
            #expect(request.method == .get && request.body == nil && request.idempotencyKey == nil)
            #expect(request.path == String(decoding: line[read.path], as: UTF8.self))
            let echo = Reply.line(id: request.id, status: 200, body: [])
            let id = read.id.map { Array(line[$0]) } ?? Array("null".utf8)
            #expect(echo.starts(with: Array("{\"id\":".utf8) + id + [UInt8(ascii: ",")]))
        }
        #expect(plainCount > 1_000)
    }
}
