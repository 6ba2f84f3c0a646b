import FoundationEssentials
import Jobs
import NIOCore
import NIOPosix
import Providers
import Testing

@Suite("Requests that fail")
struct TransportFailureTests {
    @Test(
        "an answer that does not come whole is lost, and the request may have been handled",
        arguments: [
            (TestServer.Reply.silence, TransportError.AnswerLost.timeout),
            (.stalled(length: 100, body: "a"), .timeout),
            (.close, .connectionLost),
            (.reset, .connectionLost),
            (.truncated(length: 100, body: "only this"), .truncated),
            (.garbage("what is this\r\n\r\n"), .malformedAnswer),
        ])
    func answerLost(reply: TestServer.Reply, reason: TransportError.AnswerLost) async throws {
        try await withTransport { _ in
            reply
        } _: { server, transport in
            // Only where nothing else ends the wait is it short: a busy machine must not turn a loss into a time-out.
            let timeout = reason == .timeout ? Duration.milliseconds(500) : .seconds(60)
            let request = HTTPRequest(.post, server.url("/jobs"), timeout: timeout)
            let error = await failure { () async throws(TransportError) in try await transport.send(request) }
            #expect(error == .answerLost(reason))
            #expect(error?.mayHaveBeenHandled == true)
            #expect(server.received.count == 1)
        }
    }

    @Test("a POST on a kept connection that closes is not sent a second time")
    func postIsNotRepeated() async throws {
        try await withTransport {
            $0.method == "GET" ? .answer(body: "ok") : .close
        } _: { server, transport in
            _ = try await transport.send(HTTPRequest(.get, server.url("/")))
            let request = HTTPRequest(
                .post, server.url("/jobs"), body: .bytes(Data("{}".utf8), contentType: "application/json"))
            let error = await failure { () async throws(TransportError) in try await transport.send(request) }
            #expect(error == .answerLost(.connectionLost))
            #expect(server.received.map(\.method) == ["GET", "POST"])
        }
    }

    @Test("where nobody listens, the request was certainly not handled")
    func connectionRefused() async throws {
        let port = try ReservedPort()
        let url = "http://127.0.0.1:\(port.number)/"
        let transport = try CurlTransport(.direct)
        let error = await failure { () async throws(TransportError) in
            try await transport.send(HTTPRequest(.post, url))
        }
        #expect(error == .beforeSending(.connectionRefused))
        #expect(error?.mayHaveBeenHandled == false)
        await transport.shutdown()
        port.release()
    }

    @Test("a TLS handshake that gets no answer ends before anything is sent")
    func handshakeTimeout() async throws {
        let mute = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        var configuration = TransportConfiguration.direct
        configuration.connectTimeout = .milliseconds(200)
        let transport = try CurlTransport(configuration)
        let port = try #require(mute.localAddress?.port)
        let error = await failure { () async throws(TransportError) in
            try await transport.send(HTTPRequest(.post, "https://127.0.0.1:\(port)/"))
        }
        #expect(error == .beforeSending(.connectTimeout))
        await transport.shutdown()
        try await mute.close()
    }

    @Test("a server that speaks no TLS gets nothing of the request")
    func noTLS() async throws {
        try await withTransport { _ in
            .answer(body: "")
        } _: { server, transport in
            let request = HTTPRequest(.post, "https://127.0.0.1:\(server.port)/", bearer: Secret("sk-1"))
            let error = await failure { () async throws(TransportError) in try await transport.send(request) }
            #expect(error == .beforeSending(.tlsFailed))
            #expect(server.received.isEmpty)
        }
    }

    @Test("a proxy that does not connect keeps the request from its server")
    func proxyRefuses() async throws {
        let proxy = try await TestServer.start { _ in .answer(status: 407, body: "who are you") }
        var configuration = TransportConfiguration()
        configuration.proxy = .address(Secret("http://127.0.0.1:\(proxy.port)"))
        let transport = try CurlTransport(configuration)
        let error = await failure { () async throws(TransportError) in
            try await transport.send(HTTPRequest(.post, "https://service.invalid/v1/jobs", bearer: Secret("sk-1")))
        }
        #expect(error == .beforeSending(.proxyRefused))
        #expect(proxy.received.map(\.method) == ["CONNECT"])
        #expect(proxy.received.map { $0.header("authorization") } == [nil])
        await transport.shutdown()
        try await proxy.stop()
    }

    @Test(
        "an address of another kind, and a header that would start another line, are refused",
        arguments: [
            HTTPRequest(.get, "file:///etc/hostname"), HTTPRequest(.get, "ftp://127.0.0.1/"),
            HTTPRequest(.get, "http://"), HTTPRequest(.get, "http://127.0.0.1:1/", bearer: Secret("sk-1\n")),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-A": "b\r\nX-C: d"]),
        ])
    func malformedRequest(request: HTTPRequest) async throws {
        let transport = try CurlTransport(.direct)
        let error = await failure { () async throws(TransportError) in try await transport.send(request) }
        #expect(error == .beforeSending(.malformedRequest))
        await transport.shutdown()
    }

    @Test("a missing file of certificate authorities is named as what is wrong")
    func missingAuthorities() async throws {
        var configuration = TransportConfiguration.direct
        configuration.authorities = "/nonexistent/authorities.pem"
        try await withTransport(configuration) { _ in
            .answer(body: "")
        } _: { server, transport in
            let request = HTTPRequest(.get, "https://127.0.0.1:\(server.port)/")
            let error = await failure { () async throws(TransportError) in try await transport.send(request) }
            #expect(error == .beforeSending(.unreadableAuthorities))
        }
    }

    @Test(
        "an answer over the limit is refused, its length announced or not",
        arguments: [
            TestServer.Reply.answer(body: String(repeating: "x", count: 1_001)),
            .chunked(pieces: Array(repeating: "0123456789", count: 101)),
        ])
    func answerTooLarge(reply: TestServer.Reply) async throws {
        var configuration = TransportConfiguration.direct
        configuration.largestAnswer = 1_000
        try await withTransport(configuration) { _ in
            reply
        } _: { server, transport in
            let error = await failure { () async throws(TransportError) in
                try await transport.send(HTTPRequest(.get, server.url("/")))
            }
            #expect(error == .answerTooLarge(limit: 1_000))
        }
    }
}
