import Testing

@testable import Providers

@Suite("Incoming responses")
struct IncomingResponseTests {
    private func receive(_ lines: [String]) -> (response: IncomingResponse, taken: Bool) {
        var response = IncomingResponse(limit: 10)
        let taken = lines.allSatisfy { line in
            Array((line + "\r\n").utf8).withUnsafeBytes { response.receive(headerLine: $0) }
        }
        return (response, taken)
    }

    @Test("the headers of an interim answer are not those of the final one")
    func interimAnswer() {
        let (response, _) = receive(["HTTP/1.1 103 Early Hints", "Link: a", "", "HTTP/1.1 200 OK", "X-B:  c ", ""])
        #expect(response.headers["link"] == nil)
        #expect(response.headers["x-b"] == "c")
    }

    @Test("headers without end are refused")
    func endlessHeaders() {
        #expect(!receive(Array(repeating: "X-A: " + String(repeating: "b", count: 1_000), count: 300)).taken)
    }

    @Test("a body is taken up to its limit and not beyond")
    func limit() {
        var response = IncomingResponse(limit: 10)
        let accepted = [6, 4, 1].map { count in
            [UInt8](repeating: 0, count: count).withUnsafeBytes { response.receive(body: $0) }
        }
        #expect(accepted == [true, true, false])
        #expect(response.body.count == 10)
        #expect(response.isTooLarge)
    }
}
