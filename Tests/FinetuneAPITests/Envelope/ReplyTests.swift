import FinetuneAPI
import Testing

@Suite("A reply line")
struct ReplyTests {
    private func reply(_ line: String) throws(APIError) -> Reply {
        let bytes = ContiguousArray(line.utf8)
        return try bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(APIError) in try Reply(line: buffer) }
        }.get()
    }

    @Test(
        "holds id, status and body, in that order, and ends with a line feed",
        arguments: [
            (RequestID.none, 400, "{}", "{\"id\":null,\"status\":400,\"body\":{}}\n"),
            (.integer(1), 201, #"{"a":1}"#, "{\"id\":1,\"status\":201,\"body\":{\"a\":1}}\n"),
            (.string("a\"b"), 206, "[]", "{\"id\":\"a\\\"b\",\"status\":206,\"body\":[]}\n"),
        ])
    func writes(id: RequestID, status: Int, body: String, line: String) {
        #expect(String(decoding: Reply.line(id: id, status: status, body: body.utf8), as: UTF8.self) == line)
    }

    @Test("reads back as it was written", arguments: [RequestID.none, .integer(.min), .string("x")])
    func reads(id: RequestID) throws {
        let line = Reply.line(id: id, status: 206, body: Sample.notes.bytes)
        let reply = try reply(String(decoding: line.dropLast(), as: UTF8.self))
        #expect(reply == Reply(id: id, status: 206, body: Sample.notes))
        #expect(reply.isPartial)
    }

    @Test("of any other status than 206 is the last", arguments: [200, 201, 400, 499, 503])
    func last(status: Int) {
        #expect(!Reply(id: .none, status: status, body: .null).isPartial)
    }

    @Test("may have keys that an older client does not know")
    func newerKeys() throws {
        #expect(try reply(#"{"v":2,"id":1,"status":200,"body":null}"#).body == .null)
    }

    @Test(
        "is refused where something lacks",
        arguments: [
            "", "{}", "[]", #"{"id":1,"status":200}"#, #"{"id":1,"body":{}}"#, #"{"id":1,"status":"200","body":{}}"#,
            #"{"id":{},"status":200,"body":{}}"#, #"{"id":1,"status":200,"body":{}"#,
        ])
    func malformed(line: String) throws {
        #expect(try #require(throws: APIError.self) { try reply(line) }.code == .malformedRequest)
    }
}
