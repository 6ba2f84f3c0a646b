import Glibc
import Testing

@testable import LineTransport

@Suite("A listener's socket, its connections in all, and its end", .timeLimit(.minutes(10)))
struct ListenerLifeTests {
    @Test("connections over the limit in all, and over the limit of one user, are told so and closed")
    func tooManyConnections() async throws {
        var limits = LineLimits()
        limits.connections = 2
        try await withListener(limits: limits) { path, service, listener in
            let first = try await RawClient.connect(path)
            try await first.send("echo 1\n")
            #expect(await first.line() == "1")
            let second = try await RawClient.connect(path)
            try await second.send("echo 2\n")
            #expect(await second.line() == "2")
            let third = try await RawClient.connect(path)
            #expect(await third.line() == "refused: tooManyConnections(limit: 2)")
            #expect(await third.line() == nil)
            #expect(listener.connectionCount == 2)
            #expect(service.turnedAway == [.refused(.tooManyConnections(limit: 2))])
        }
        limits.connections = 10
        limits.connectionsPerUser = 1
        try await withListener(limits: limits) { path, service, listener in
            let first = try await RawClient.connect(path)
            try await first.send("echo 1\n")
            #expect(await first.line() == "1")
            let second = try await RawClient.connect(path)
            #expect(await second.line() == "refused: tooManyConnectionsOfUser(userID: \(getuid()), limit: 1)")
            #expect(service.turnedAway == [.refused(.tooManyConnectionsOfUser(userID: getuid(), limit: 1))])
            try await first.close()
            await service.wait { $0.closedConnections == 1 }
            while listener.connectionCount > 0 { await Task.yield() }
            let third = try await RawClient.connect(path)
            try await third.send("echo 3\n")
            #expect(await third.line() == "3")
        }
    }

    @Test("the socket has the mode asked for, and is removed at the end")
    func modeAndRemoval() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let listener = try await LineListener.start(on: .path(path, mode: 0o640), service: TestService())
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o640)
            try await listener.shutdown(within: .zero)
            #expect(stat(path, &status) == -1)
        }
    }

    @Test("a socket left behind by a daemon that died is replaced")
    func staleSocket() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let address = try #require(UnixSocketAddress(path: path))
            let dead = try UnixSocketAddress.makeSocket()
            try address.bind(dead)
            close(dead)
            let listener = try await LineListener.start(on: .path(path), service: TestService())
            let client = try await RawClient.connect(path)
            try await client.send("echo alive\n")
            #expect(await client.line() == "alive")
            try await listener.shutdown(within: .zero)
        }
    }

    @Test("a path that is served, by a daemon with the lock or by any other, is left to it")
    func pathInUse() async throws {
        try await withListener { path, _, _ in
            await #expect(throws: ListenerError.inUse(path: path)) {
                _ = try await LineListener.start(on: .path(path), service: TestService())
            }
        }
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let address = try #require(UnixSocketAddress(path: path))
            let foreign = try UnixSocketAddress.makeSocket()
            defer { close(foreign) }
            try address.bind(foreign)
            #expect(listen(foreign, 1) == 0)
            await #expect(throws: ListenerError.inUse(path: path)) {
                _ = try await LineListener.start(on: .path(path), service: TestService())
            }
        }
    }

    @Test("a path that cannot be a socket is refused with the reason")
    func impossiblePaths() async throws {
        let long = "/tmp/" + String(repeating: "x", count: 103)
        await #expect(throws: ListenerError.pathTooLong(path: long)) {
            _ = try await LineListener.start(on: .path(long), service: TestService())
        }
        await #expect(throws: ListenerError.notASocket(path: "/tmp")) {
            _ = try await LineListener.start(on: .path("/tmp"), service: TestService())
        }
        let nowhere = "/tmp/finetune-no-such-directory/socket"
        await #expect(
            throws: ListenerError.system(path: nowhere, SystemError(operation: "open lock file", number: ENOENT))
        ) {
            _ = try await LineListener.start(on: .path(nowhere), service: TestService())
        }
    }

    @Test("a socket that was handed over is served, and its file stays at the end; another descriptor is refused")
    func handedOverSocket() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let address = try #require(UnixSocketAddress(path: path))
            let descriptor = try UnixSocketAddress.makeSocket()
            try address.bind(descriptor)
            await #expect(throws: ListenerError.notListening(descriptor: descriptor)) {
                _ = try await LineListener.start(on: .descriptor(descriptor), service: TestService())
            }
            #expect(listen(descriptor, 1) == 0)
            let listener = try await LineListener.start(on: .descriptor(descriptor), service: TestService())
            let client = try await RawClient.connect(path)
            try await client.send("echo adopted\n")
            #expect(await client.line() == "adopted")
            try await listener.shutdown(within: .zero)
            var status = stat()
            #expect(stat(path, &status) == 0)
        }
    }

    @Test("at the end idle connections are closed, and requests in flight get their replies first")
    func gracefulEnd() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let service = TestService()
            let listener = try await LineListener.start(on: .path(path), service: service, eventLoops: 2)
            let idle = try await RawClient.connect(path)
            let busy = try await RawClient.connect(path)
            try await busy.send("hold it\n")
            await service.wait { $0.held == ["it"] && $0.connections.count == 2 }
            async let end: Void = listener.shutdown(within: .seconds(60))
            #expect(await idle.line() == nil)
            service.release(1)
            #expect(await busy.line() == "it")
            #expect(await busy.line() == nil)
            try await end
        }
    }

    @Test("at the end lines that were sent before are received, as many as they are, and then the connection closes")
    func endWithUnreadLines() async throws {
        try await withTemporaryDirectory { directory in
            let service = TestService()
            var limits = LineLimits()
            limits.requestsInFlight = 2
            let listener = try await LineListener.start(
                on: .path("\(directory)/socket"), service: service, limits: limits)
            let client = try await RawClient.connect("\(directory)/socket")
            let echoes = (1...5_000).map { "echo \($0)\n" }.joined()
            try await client.send("hold one\nhold two\n")
            await service.wait { $0.held == ["one", "two"] }
            try await client.send(echoes)
            async let end: Void = listener.shutdown(within: .seconds(60))
            service.release(2)
            #expect(await client.line() == "one")
            // The first line that was held makes room for the next before the second is let go.
            var lines: [String] = []
            while let line = await client.line() { lines.append(line) }
            #expect(lines.contains("two"))
            #expect(lines.filter { $0 != "two" } == (1...5_000).map { "\($0)" })
            try await end
        }
    }

    @Test("at the end lines that were sent before are received, though another client holds up the event loop")
    func endOnBusyLoop() async throws {
        try await withTemporaryDirectory { directory in
            let service = TestService()
            var limits = LineLimits()
            limits.requestsInFlight = 1
            let listener = try await LineListener.start(
                on: .path("\(directory)/socket"), service: service, limits: limits)
            let client = try await RawClient.connect("\(directory)/socket")
            let other = try await RawClient.connect("\(directory)/socket")
            try await client.send("hold one\n")
            await service.wait { $0.held == ["one"] }
            try await other.send("hold two\n")
            await service.wait { $0.held == ["one", "two"] }
            try await client.send((1...5_000).map { "echo \($0)\n" }.joined())
            try await other.send(String(repeating: "nap\n", count: 200))
            async let end: Void = listener.shutdown(within: .seconds(60))
            service.release(2)
            var lines: [String] = []
            while let line = await client.line() { lines.append(line) }
            #expect(lines == ["one"] + (1...5_000).map { "\($0)" })
            try await end
        }
    }

    @Test("at the end requests that outlast the time given are cut off")
    func endWithDeadline() async throws {
        try await withTemporaryDirectory { directory in
            let service = TestService()
            let listener = try await LineListener.start(on: .path("\(directory)/socket"), service: service)
            let client = try await RawClient.connect("\(directory)/socket")
            try await client.send("hold it\n")
            await service.wait { $0.held == ["it"] }
            try await listener.shutdown(within: .milliseconds(1))
            #expect(await client.line() == nil)
            service.release(1)
        }
    }

    @Test("at its end, a client that has just connected is still answered")
    func firstLineAtTheEnd() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            var limits = LineLimits()
            limits.firstLineGrace = .seconds(600)
            let listener = try await LineListener.start(on: .path(path), service: TestService(), limits: limits)
            let fresh = try await RawClient.connect(path)
            let known = try await RawClient.connect(path)
            try await known.send("echo 1\n")
            #expect(await known.line() == "1")
            while listener.connectionCount < 2 { await Task.yield() }
            async let end: Void = listener.shutdown(within: .seconds(600))
            #expect(await known.line() == nil)
            try await fresh.send("echo still here\n")
            #expect(await fresh.line() == "still here")
            #expect(await fresh.line() == nil)
            try await end
        }
    }

    @Test("at its end, a client that says nothing is waited for no longer than a moment")
    func silenceAtTheEnd() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let listener = try await LineListener.start(on: .path(path), service: TestService())
            let silent = try await RawClient.connect(path)
            while listener.connectionCount < 1 { await Task.yield() }
            async let end: Void = listener.shutdown(within: .seconds(600))
            #expect(await silent.line() == nil)
            try await end
        }
    }
}
