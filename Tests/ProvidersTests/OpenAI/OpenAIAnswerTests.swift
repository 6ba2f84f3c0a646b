import FoundationEssentials
import Identifiers
import Jobs
import Testing

@testable import Providers

@Suite("What an answer means")
struct OpenAIAnswerTests {
    /// What may be done after a failure, without its words.
    enum Kind: Equatable {
        case unavailable, answerLost, unauthorized, refused, cancelled
    }

    private static let envelope =
        #"{"error":{"message":"it says why","type":"some_error","param":"model","code":"some_code"}}"#

    private func answer(_ status: Int, _ headers: Providers.HTTPHeaders = [:], body: String = envelope) -> OpenAIAnswer
    {
        var headers = headers
        if headers["content-type"] == nil { headers.add("Content-Type", "application/json; charset=utf-8") }
        let response = HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
        return OpenAIAnswer(response: response, key: Secret("sk-secret"), now: Timestamp(microseconds: 0))
    }

    @Test(
        "a status tells what may be done next",
        arguments: [
            (400, Kind.refused), (401, .unauthorized), (402, .refused), (403, .refused), (404, .refused),
            (405, .refused), (408, .answerLost), (409, .unavailable), (413, .refused), (422, .refused),
            (429, .unavailable), (500, .answerLost), (502, .answerLost), (503, .unavailable), (504, .answerLost),
            (520, .answerLost),
        ])
    func status(status: Int, kind: Kind) {
        #expect(answer(status).failure.kind == kind)
    }

    @Test("a gateway's 503 does not say that nothing was done; the service's own does")
    func gateway() {
        #expect(answer(503, body: "<html>upstream reset</html>").failure.kind == .answerLost)
        #expect(answer(503).failure.kind == .unavailable)
    }

    @Test(
        "an answer that is not the service's own says nothing of the request: a portal's, a proxy's, another service's",
        arguments: [
            (301, ["Location": "https://portal.example/"], ""), (302, [:], "<html>log in</html>"), (307, [:], ""),
            (400, ["Content-Type": "text/html"], "<html>blocked</html>"), (403, [:], ""), (404, [:], "not found"),
            (401, ["Content-Type": "text/html"], "<html>log in</html>"), (403, [:], #"{"blocked":true}"#),
            (511, ["Content-Type": "text/html"], "<html>log in</html>"), (400, [:], #"{"error":"words"}"#),
            (408, ["Content-Type": "text/html"], "<html>stream timeout</html>"), (409, [:], "conflict"),
        ] as [(Int, [String: String], String)])
    func foreign(status: Int, fields: [String: String], body: String) {
        var headers: Providers.HTTPHeaders = [:]
        for (name, value) in fields { headers.add(name, value) }
        let failure = answer(status, headers, body: body).failure
        #expect(failure.kind == .answerLost)
        #expect(!failure.isMissing)
        #expect(failure.complaint.message.contains("status \(status) does not speak as the service does"))
    }

    @Test("a key is refused in whatever JSON")
    func otherEnvelope() {
        #expect(answer(401, body: #"{"detail":"Unauthorized"}"#).failure.kind == .unauthorized)
    }

    @Test(
        "x-should-retry overrules the status, but never makes a lost answer certain or a wrong key right",
        arguments: [
            (429, "false", Kind.refused), (409, "false", .refused), (503, "false", .refused),
            (400, "true", .unavailable),
            (404, "TRUE", .unavailable), (500, "false", .answerLost), (401, "true", .unauthorized),
            (400, "false", .refused), (429, "perhaps", .unavailable), (408, "true", .answerLost),
        ])
    func shouldRetry(status: Int, wish: String, kind: Kind) {
        #expect(answer(status, ["X-Should-Retry": wish]).failure.kind == kind)
    }

    @Test("a file that the service still looks at makes a refused job a matter of time")
    func fileStillProcessed() {
        let body = #"{"error":{"message":"File 'file-1' is still being processed and is not ready","code":null}}"#
        #expect(answer(400, body: body).failure.kind == .unavailable)
    }

    @Test("a complaint carries status, code, parameter and the request's id")
    func complaint() {
        let complaint = answer(403, ["x-request-id": "req_1"]).failure.complaint
        #expect(complaint.httpStatus == 403)
        #expect(complaint.code == "some_code")
        #expect(complaint.parameter == "model")
        #expect(complaint.message == "it says why")
        #expect(complaint.requestID == "req_1")
    }

    @Test(
        "an odd envelope is told by what it holds",
        arguments: [
            (#"{"error":{}}"#, "the provider answered with status 400", nil),
            (#"{"error":{"message":"m","code":7}}"#, "m", "7"), (#"{"error":{"message":"m"}}"#, "m", nil),
        ] as [(String, String, String?)])
    func oddEnvelope(body: String, message: String, code: String?) {
        let complaint = answer(400, body: body).failure.complaint
        #expect(complaint.message == message)
        #expect(complaint.code == code)
    }

    @Test("the key is in no complaint, and a long message is cut")
    func presentable() {
        let message = "bad key sk-secret\\n" + String(repeating: "x", count: 5_000)
        let complaint = answer(401, body: #"{"error":{"message":"\#(message)","code":"sk-secret"}}"#).failure.complaint
        #expect(complaint.message.hasPrefix("bad key ••• xxx"))
        #expect(complaint.message.count == 1_000)
        #expect(complaint.code == "•••")
    }

    @Test("a delay is taken from a failure that may pass")
    func retryAfter() {
        #expect(answer(429, ["Retry-After": "7"]).failure.retryAfter == .seconds(7))
        #expect(answer(500, ["Retry-After": "7"]).failure.retryAfter == .seconds(7))
        #expect(answer(429).failure.retryAfter == nil)
    }

    @Test(
        "a success that is not the JSON promised is a lost answer",
        arguments: [
            ("text/html", "<html>"), ("application/json", ""), ("application/json", #"{"id":"#),
            ("application/json", #"{"object":"model"}"#), ("application/json", "[]"),
        ])
    func unreadable(type: String, body: String) {
        #expect(throws: ProviderError.self) {
            try answer(200, ["Content-Type": type], body: body).object(OpenAIContract.Deletion.self)
        }
        do throws(ProviderError) {
            _ = try answer(200, ["Content-Type": type], body: body).object(OpenAIContract.Deletion.self)
        } catch {
            #expect(error.kind == .answerLost)
        }
    }

    @Test(
        "a request without an answer may have been handled unless it never left",
        arguments: [
            (TransportError.beforeSending(.nameNotResolved), Kind.unavailable),
            (.beforeSending(.connectTimeout), .unavailable), (.unreadableFile(path: "/f"), .unavailable),
            (.answerLost(.timeout), .answerLost), (.answerTooLarge(limit: 1), .answerLost), (.cancelled, .cancelled),
        ])
    func noAnswer(error: TransportError, kind: Kind) {
        #expect(ProviderError(error, at: .openAI).kind == kind)
    }
}

extension ProviderError {
    fileprivate var kind: OpenAIAnswerTests.Kind {
        switch self {
        case .unavailable: .unavailable
        case .answerLost: .answerLost
        case .unauthorized: .unauthorized
        case .refused: .refused
        case .cancelled: .cancelled
        }
    }
}
