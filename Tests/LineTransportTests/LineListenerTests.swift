import Glibc
import Testing

@testable import LineTransport

@Suite("Line listener", .timeLimit(.minutes(10)))
struct LineListenerTests {
    @Test("lines are answered in one connection, and an unknown word in between harms nothing")
    func answersLines() async throws {
        try await withListener { path, _, _ in
            let client = try await RawClient.connect(path)
            try await client.send("echo one\r\n\nwhat\necho two\n")
            #expect(await client.lines(3) == ["one", "unknown: what", "two"])
        }
    }

    @Test("a client that ends its output gets the reply to an unended last line, and those that take longer")
    func halfClose() async throws {
        try await withListener { path, service, _ in
            let client = try await RawClient.connect(path)
            try await client.send("hold later\necho now")
            try await client.endOutput()
            #expect(await client.line() == "now")
            service.release(1)
            #expect(await client.line() == "later")
            #expect(await client.line() == nil)
        }
    }

    @Test("a line over the limit is answered as such, and the next one as usual")
    func tooLongLine() async throws {
        var limits = LineLimits()
        limits.lineBytes = 100
        try await withListener(limits: limits) { path, _, _ in
            let client = try await RawClient.connect(path)
            try await client.send("echo \(String(repeating: "x", count: 200_000))\necho short\n")
            #expect(await client.lines(2) == ["too long: 200005", "short"])
        }
    }

    @Test("the peer's credentials are those of the process that connected")
    func peerCredentials() async throws {
        try await withListener { path, service, _ in
            let client = try await RawClient.connect(path)
            try await client.send("who\n")
            #expect(await client.line() == "\(getuid()) \(getgid()) \(getpid())")
            let groups = service.connections[0].peer.supplementaryGroupIDs
            #expect(Set(groups) == Set(ownSupplementaryGroups()))
        }
    }

    @Test("a connection that has its fill of requests in flight is not read until one is finished")
    func requestsInFlight() async throws {
        var limits = LineLimits()
        limits.requestsInFlight = 2
        try await withListener(limits: limits) { path, service, _ in
            let busy = try await RawClient.connect(path)
            try await busy.send("hold 1\nhold 2\nhold 3\necho 4\n")
            await service.wait { $0.held.count == 2 }
            // Another connection's round trip: by then the first would have been read, if it were.
            let other = try await RawClient.connect(path)
            try await other.send("echo free\n")
            #expect(await other.line() == "free")
            #expect(service.held == ["1", "2"])

            service.release(1)
            #expect(await busy.line() == "1")
            await service.wait { $0.held.count == 2 }
            service.release(2)
            #expect(await Set(busy.lines(3)) == ["2", "3", "4"])
        }
    }

    @Test("thousands of lines in one burst are all answered, in order")
    func burst() async throws {
        try await withListener { path, _, _ in
            let client = try await RawClient.connect(path)
            let numbers = (0..<20_000).map(String.init)
            try await client.send(numbers.map { "echo \($0)\n" }.joined())
            #expect(await client.lines(numbers.count) == numbers)
        }
    }

    @Test("a client that reads late gets everything, though it asked for more than may wait for it")
    func slowReaderIsNotRead() async throws {
        try await withListener { path, _, _ in
            let client = try await RawClient.connect(path)
            try await client.stopReading()
            async let sending: Void = client.send(String(repeating: "flood 1024\n", count: 20_000))
            let other = try await RawClient.connect(path)
            try await other.send("echo free\n")
            #expect(await other.line() == "free")
            try await client.startReading()
            #expect(await client.lines(20_000).count == 20_000)
            try await sending
        }
    }

    @Test("a client that reads gets an answer of any length")
    func longAnswer() async throws {
        var limits = LineLimits()
        limits.unreadGrace = .seconds(1_000)
        try await withListener(limits: limits) { path, _, _ in
            let client = try await RawClient.connect(path)
            try await client.send("flood \(32 << 20)\nflood \(8 << 20)\n")
            #expect(await client.lines(40 << 10).count == 40 << 10)
        }
    }

    @Test("a client that leaves more than the hard limit unread is closed, and no other notices")
    func hardUnreadLimit() async throws {
        var limits = LineLimits()
        limits.unreadGrace = .milliseconds(10)
        try await withListener(limits: limits) { path, service, _ in
            let client = try await RawClient.connect(path)
            let other = try await RawClient.connect(path)
            try await client.stopReading()
            try await client.send("flood \(6 << 20)\n")
            await service.wait { $0.closedConnections == 1 }
            guard case .unread(let bytes)? = service.turnedAway.first, bytes > limits.unreadBytesHard else {
                Issue.record("it was not said why the client was closed: \(service.turnedAway)")
                return
            }
            try await other.send("echo free\n")
            #expect(await other.line() == "free")
        }
    }

    @Test("a client that leaves more than the soft limit unread is closed when its time is up")
    func softUnreadLimit() async throws {
        var limits = LineLimits()
        limits.unreadGrace = .milliseconds(1)
        try await withListener(limits: limits) { path, service, _ in
            let client = try await RawClient.connect(path)
            try await client.stopReading()
            try await client.send("flood \(2 << 20)\n")
            await service.wait { $0.closedConnections == 1 }
        }
    }

    @Test("a stream waits while its reader lags, and goes on once it has read")
    func waitUntilWritable() async throws {
        try await withListener { path, service, _ in
            let client = try await RawClient.connect(path)
            try await client.stopReading()
            try await client.send("flood \(1 << 20)\n")
            await service.wait { $0.connections.count == 1 }
            let connection = service.connections[0]
            while !connection.outputIsBacklogged { await Task.yield() }
            async let waiting: Void = connection.waitUntilWritable()
            try await client.startReading()
            try await waiting
            #expect(!connection.outputIsBacklogged)
        }
    }

    @Test("a stream that waits for its reader learns that the reader is gone, and may be cancelled")
    func waitUntilWritableEnds() async throws {
        try await withListener { path, service, _ in
            let client = try await RawClient.connect(path)
            try await client.stopReading()
            try await client.send("flood \(1 << 20)\n")
            await service.wait { $0.connections.count == 1 }
            let connection = service.connections[0]
            while !connection.outputIsBacklogged { await Task.yield() }
            let cancelled = Task { try await connection.waitUntilWritable() }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }

            let waiting = Task { try await connection.waitUntilWritable() }
            try await client.close()
            await #expect(throws: LineConnectionClosed.self) { try await waiting.value }
            #expect(connection.isClosed)
        }
    }

    @Test("a connection that its handler closes gets all that was sent before")
    func closing() async throws {
        try await withListener { path, _, _ in
            let client = try await RawClient.connect(path)
            try await client.send("flood \(2 << 20)\nbye\necho late\n")
            var lines: [String] = []
            while let line = await client.line() { lines.append(line) }
            #expect(lines.count == 2_049)
            #expect(lines.last == "bye")
        }
    }

    private func ownSupplementaryGroups() -> [UInt32] {
        var groups = [gid_t](repeating: 0, count: 65_536)
        return Array(groups.prefix(Int(getgroups(CInt(groups.count), &groups))))
    }
}
