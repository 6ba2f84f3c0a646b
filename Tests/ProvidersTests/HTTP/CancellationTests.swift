import Providers
import Testing

@Suite("Cancellation and shutdown")
struct CancellationTests {
    @Test("a task cancelled before it sends, sends nothing")
    func cancelledEarly() async throws {
        try await withTransport { _ in
            .answer(body: "")
        } _: { server, transport in
            let url = server.url("/early")
            let task = Task { () async -> TransportError? in
                withUnsafeCurrentTask { $0?.cancel() }
                return await failure { () async throws(TransportError) in
                    try await transport.send(HTTPRequest(.get, url))
                }
            }
            #expect(await task.value == .cancelled)
            _ = try await transport.send(HTTPRequest(.get, server.url("/later")))
            #expect(server.received.map(\.uri) == ["/later"])
        }
    }

    @Test("a task cancelled while it waits for its answer ends at once, and the others go on")
    func cancelledLate() async throws {
        try await withTransport {
            $0.uri == "/mute" ? .silence : .answer(body: "ok")
        } _: { server, transport in
            let url = server.url("/mute")
            let task = Task { () async -> TransportError? in
                await failure { () async throws(TransportError) in try await transport.send(HTTPRequest(.get, url)) }
            }
            await server.requestsArrived(1)
            task.cancel()
            #expect(await task.value == .cancelled)
            let response = try await transport.send(HTTPRequest(.get, server.url("/")))
            #expect(response.status == 200)
        }
    }

    @Test("a task cancelled while it waits for its turn sends nothing, and the next one has the turn")
    func cancelledInTheQueue() async throws {
        var configuration = TransportConfiguration.direct
        configuration.connectionsPerHost = 1
        try await withTransport(configuration) {
            $0.uri == "/mute" ? .silence : .answer(body: "ok")
        } _: { server, transport in
            let (mute, queued) = (server.url("/mute"), server.url("/queued"))
            let first = Task { try await transport.send(HTTPRequest(.get, mute)) }
            await server.requestsArrived(1)
            let second = Task { () async -> TransportError? in
                await failure { () async throws(TransportError) in try await transport.send(HTTPRequest(.get, queued)) }
            }
            second.cancel()
            #expect(await second.value == .cancelled)
            first.cancel()
            _ = await first.result
            _ = try await transport.send(HTTPRequest(.get, server.url("/later")))
            #expect(server.received.map(\.uri) == ["/mute", "/later"])
        }
    }

    @Test("cancellations that race with answers leave every request with one end")
    func cancellationsRace() async throws {
        try await withTransport { _ in
            .answer(body: "ok")
        } _: { server, transport in
            let url = server.url("/")
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        let task = Task { try await transport.send(HTTPRequest(.get, url)) }
                        await Task.yield()
                        task.cancel()
                        _ = await task.result
                    }
                }
            }
            let response = try await transport.send(HTTPRequest(.get, url))
            #expect(response.status == 200)
        }
    }

    @Test("a shutdown under load ends every request, those that wait for a connection too")
    func shutdownUnderLoad() async throws {
        try await withTransport { _ in
            .silence
        } _: { server, transport in
            let url = server.url("/")
            let tasks = (0..<50).map { _ in
                Task { () async -> TransportError? in
                    await failure { () async throws(TransportError) in
                        try await transport.send(HTTPRequest(.get, url))
                    }
                }
            }
            await server.requestsArrived(8)
            async let first: Void = transport.shutdown()
            async let second: Void = transport.shutdown()
            _ = await (first, second)
            for task in tasks {
                let error = await task.value
                #expect(error == .cancelled || error == .beforeSending(.shutDown))
            }
            let late = await failure { () async throws(TransportError) in
                try await transport.send(HTTPRequest(.get, url))
            }
            #expect(late == .beforeSending(.shutDown))
        }
    }

    @Test("a cancellation after the shutdown does nothing")
    func cancelledAfterShutdown() async throws {
        try await withTransport { _ in
            .silence
        } _: { server, transport in
            let url = server.url("/")
            let task = Task { try await transport.send(HTTPRequest(.get, url)) }
            await server.requestsArrived(1)
            await transport.shutdown()
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
        }
    }
}
