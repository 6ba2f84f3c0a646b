import FinetuneAPI
import Testing

@Suite("A request line")
struct RequestTests {
    private func request(_ line: String) throws(MalformedLine) -> Request {
        let bytes = ContiguousArray(line.utf8)
        return try bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(MalformedLine) in try Request(line: buffer) }
        }.get()
    }

    private func refusal(of line: String) throws -> MalformedLine {
        try #require(throws: MalformedLine.self) { try request(line) }
    }

    @Test("holds id, method, path and body, in any order")
    func reads() throws {
        let expected = Request(id: .integer(1), method: .post, path: "/api/v1/golden-records?x=1", body: [["a": 1]])
        let order = #"{"id":1,"method":"POST","path":"/api/v1/golden-records?x=1","body":[{"a":1}]}"#
        let reversed = #" {"body":[{"a":1}],"path":"\/api\/v1\/golden-records?x=1","method":"POST","id":1} "#
        #expect(try request(order) == expected)
        #expect(try request(reversed) == expected)
    }

    @Test("tells a body left out from null")
    func bodies() throws {
        #expect(try request(#"{"method":"GET","path":"/"}"#).body == nil)
        #expect(try request(#"{"method":"GET","path":"/","body":null}"#).body == .null)
    }

    @Test("may have an idempotency key, with POST")
    func idempotencyKey() throws {
        let longest = String(repeating: "k", count: 128)
        let line = #"{"id":1,"method":"POST","path":"/","idempotency_key":"\#(longest)"}"#
        #expect(try request(line).idempotencyKey == longest)
        #expect(try request(String(decoding: try request(line).line, as: UTF8.self)).idempotencyKey == longest)
    }

    @Test(
        "has no idempotency key that would do nothing or is none",
        arguments: [
            (#""GET""#, #""k""#), (#""PUT""#, #""k""#), (#""DELETE""#, #""k""#), (#""POST""#, #""""#),
            (#""POST""#, "7"), (#""POST""#, "null"), (#""POST""#, "\"" + String(repeating: "é", count: 65) + "\""),
        ])
    func wrongIdempotencyKeys(method: String, key: String) throws {
        let refusal = try refusal(of: #"{"id":1,"method":\#(method),"path":"/","idempotency_key":\#(key)}"#)
        #expect(refusal.id == .integer(1))
        #expect(refusal.error.code == .invalidField)
        #expect(refusal.error.detail["field"] == "idempotency_key")
    }

    @Test(
        "has an id that is a string or an integer, or none",
        arguments: [
            ("", .none), (#""id":null,"#, .none), (#""id":"","#, .string("")), (#""id":"a\nb","#, .string("a\nb")),
            (#""id":-7,"#, .integer(-7)), (#""id":9223372036854775807,"#, .integer(.max)),
            (
                #""id":"é"# + String(repeating: "x", count: 126) + #"","#,
                .string("é" + String(repeating: "x", count: 126))
            ),
        ] as [(String, RequestID)])
    func ids(member: String, id: RequestID) throws {
        #expect(try request(#"{\#(member)"method":"GET","path":"/"}"#).id == id)
    }

    @Test(
        "has no other id",
        arguments: [
            "1.0", "1e2", "9223372036854775808", "true", "[]", "{}",
            "\"é" + String(repeating: "x", count: 127) + "\"",
        ])
    func wrongIDs(id: String) throws {
        let refusal = try refusal(of: #"{"id":\#(id),"method":"GET","path":"/"}"#)
        #expect(refusal.id == .none)
        #expect(refusal.error.code == .invalidField)
        #expect(refusal.error.detail["field"] == "id")
    }

    @Test(
        "that is wrong is answered under its id",
        arguments: [
            (#""method":"GET""#, ErrorCode.invalidField, "path"), (#""path":"/""#, .invalidField, "method"),
            (#""method":"get","path":"/""#, .invalidField, "method"),
            (#""method":1,"path":"/""#, .invalidField, "method"),
            (#""method":"PATCH","path":"/""#, .invalidField, "method"),
            (#""method":"GET","path":["/"]"#, .invalidField, "path"),
            (#""method":"GET","path":"/","boddy":{}"#, .unknownField, "boddy"),
            (#""method":"GET","path":"/","params":{}"#, .unknownField, "params"),
        ])
    func wrong(members: String, code: ErrorCode, field: String) throws {
        let refusal = try refusal(of: #"{"id":"r-1",\#(members)}"#)
        #expect(refusal.id == .string("r-1"))
        #expect(refusal.error.code == code)
        #expect(refusal.error.detail["field"] == .string(field))
    }

    @Test("that misspells a key is told the nearest")
    func nearest() throws {
        #expect(try refusal(of: #"{"methd":"GET"}"#).error.detail["nearest"] == "method")
    }

    @Test(
        "that is no JSON object has no id to be answered under",
        arguments: [
            "", "GET /", "[1]", "\"x\"", "7", "null", #"{"id":1"#, #"{"id":1,"id":2,"method":"GET","path":"/"}"#,
            String(repeating: "[", count: 65),
        ])
    func malformed(line: String) throws {
        let refusal = try refusal(of: line)
        #expect(refusal.id == .none)
        #expect(refusal.error.code == .malformedRequest)
    }

    @Test("reads back as it is written")
    func roundTrip() throws {
        for id in [RequestID.none, .integer(-1), .string("ü\"\n")] {
            for body in [nil, .null, Sample.notes] as [JSONValue?] {
                let written = Request(id: id, method: .put, path: "/api/v1/x?y=%20", body: body)
                #expect(written.line.last == UInt8(ascii: "\n"))
                #expect(try request(String(decoding: written.line.dropLast(), as: UTF8.self)) == written)
            }
        }
    }
}
