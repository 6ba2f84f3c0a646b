import FoundationEssentials
import Jobs
import NIOCore
import Providers
import Testing

@Suite("HTTP over curl")
struct CurlTransportTests {
    @Test("an answer brings its status, its headers in any case, and its body")
    func wholeAnswer() async throws {
        try await withTransport { _ in
            .answer(status: 418, headers: [("X-Request-ID", " abc ")], body: "short and stout")
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url("/pot?size=2")))
            #expect(response.status == 418)
            #expect(response.headers["x-request-id"] == "abc")
            #expect(response.headers["X-REQUEST-ID"] == "abc")
            #expect(response.headers["x-other"] == nil)
            #expect(String(decoding: response.body, as: UTF8.self) == "short and stout")
            #expect(server.received.map(\.uri) == ["/pot?size=2"])
        }
    }

    @Test("an answer without an announced length is whole all the same")
    func chunkedAnswer() async throws {
        try await withTransport { _ in
            .chunked(pieces: ["one ", "two ", "three"])
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url("/")))
            #expect(String(decoding: response.body, as: UTF8.self) == "one two three")
        }
    }

    @Test("a request arrives with its method, headers, key and body")
    func wholeRequest() async throws {
        try await withTransport { _ in
            .answer(body: "")
        } _: { server, transport in
            let request = HTTPRequest(
                .post, server.url("/jobs"), headers: ["X-Extra": "yes"], bearer: Secret("sk-1"),
                body: .bytes(Data("{}".utf8), contentType: "application/json"))
            _ = try await transport.send(request)
            let received = try #require(server.received.first)
            #expect(received.method == "POST")
            #expect(received.header("x-extra") == "yes")
            #expect(received.header("authorization") == "Bearer sk-1")
            #expect(received.header("content-type") == "application/json")
            #expect(received.header("content-length") == "2")
            #expect(received.header("expect") == nil)
            #expect(received.text == "{}")
        }
    }

    @Test("each method arrives as itself, with an empty body", arguments: ["GET", "POST", "DELETE"])
    func bareRequest(method: String) async throws {
        try await withTransport { _ in
            .answer(body: "ok")
        } _: { server, transport in
            let method = try #require(HTTPRequest.Method(rawValue: method))
            let response = try await transport.send(HTTPRequest(method, server.url("/")))
            #expect(response.status == 200)
            #expect(server.received.map(\.method) == [method.rawValue])
            #expect(server.received.map(\.text) == [""])
        }
    }

    @Test("a redirect is returned, not followed")
    func redirect() async throws {
        try await withTransport { _ in
            .answer(status: 302, headers: [("location", "/elsewhere")], body: "")
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url("/")))
            #expect(response.status == 302)
            #expect(server.received.count == 1)
        }
    }

    @Test("a request through a proxy reaches it with its whole address")
    func proxy() async throws {
        let proxy = try await TestServer.start { _ in .answer(body: "by proxy") }
        var configuration = TransportConfiguration()
        configuration.proxy = .address(Secret("http://127.0.0.1:\(proxy.port)"))
        let transport = try CurlTransport(configuration)
        let response = try await transport.send(HTTPRequest(.get, "http://service.invalid/v1/models"))
        #expect(String(decoding: response.body, as: UTF8.self) == "by proxy")
        #expect(proxy.received.map(\.uri) == ["http://service.invalid/v1/models"])
        await transport.shutdown()
        try await proxy.stop()
    }

    @Test("a hundred requests at once are all answered, over no more connections than allowed")
    func manyAtOnce() async throws {
        var configuration = TransportConfiguration.direct
        configuration.connectionsPerHost = 4
        try await withTransport(configuration) {
            .answer(body: $0.uri)
        } _: { server, transport in
            let url = server.url("")
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let response = try await transport.send(HTTPRequest(.get, "\(url)/\(number)"))
                        return String(decoding: response.body, as: UTF8.self)
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(bodies == Set((0..<100).map { "/\($0)" }))
            #expect(Set(server.received.map(\.connection)).count <= 4)
        }
    }

    @Test("a POST goes over the connection that was kept, as others do")
    func keptConnection() async throws {
        var configuration = TransportConfiguration.direct
        configuration.connectionsPerHost = 1
        try await withTransport(configuration) {
            .answer(body: $0.method)
        } _: { server, transport in
            for method in [HTTPRequest.Method.get, .post, .post, .get] {
                let response = try await transport.send(HTTPRequest(method, server.url("/")))
                #expect(String(decoding: response.body, as: UTF8.self) == method.rawValue)
            }
            #expect(Set(server.received.map(\.connection)).count == 1)
        }
    }
}
