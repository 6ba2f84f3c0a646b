import NIOCore
import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite struct RequestReaderTests {
    private func reader(mostBytes: Int, headers: HTTPHeaders = [:]) -> RequestReader {
        RequestReader(
            head: HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/files", headers: headers),
            mostBytes: mostBytes)
    }

    @Test func aBodyOfAnyPiecesIsReadWhole() throws {
        var reader = reader(mostBytes: 7)
        for piece in ["{\"a", "\":", "1}"] { reader.take(ByteBuffer(string: piece)) }
        #expect(try reader.finish().object().fields == ["a": .integer(1)])
    }

    @Test(
        "a body beyond the limit is refused, form or not",
        arguments: [[:], ["content-type": "multipart/form-data; boundary=b"]] as [HTTPHeaders])
    func tooLarge(headers: HTTPHeaders) {
        var reader = reader(mostBytes: 4, headers: headers)
        for piece in ["--b", "\r\n", "--b--"] { reader.take(ByteBuffer(string: piece)) }
        let error = #expect(throws: APIError.self) { try reader.finish().object() }
        #expect(error?.status == .payloadTooLarge)
    }

    @Test("a client that waits to send its body is seen", arguments: [("100-continue", true), ("100-Continue", true)])
    func expectation(value: String, waits: Bool) {
        #expect(reader(mostBytes: 1, headers: ["expect": value]).expectsContinue == waits)
        #expect(!reader(mostBytes: 1).expectsContinue)
    }

    @Test(
        "a body that is no JSON object is refused", arguments: ["", "{", "[]", "1", "null", "{\"a\":1}x", "\u{0}"])
    func noObject(body: String) {
        let error = #expect(throws: APIError.self) { try RequestObject(body: Array(body.utf8)) }
        #expect(error?.status == .badRequest)
    }
}
