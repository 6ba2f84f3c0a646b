import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on loopback whose replies a test writes.
final class TestServer: Sendable {
    /// A request as it arrived, complete.
    struct Received: Sendable {
        let method: String
        let uri: String
        let headers: HTTPHeaders
        let body: ByteBuffer
        /// Counts connections from 1.
        let connection: Int

        /// The value of the only header field of this name.
        func header(_ name: String) -> String? {
            let values = headers[name]
            return values.count == 1 ? values[0] : nil
        }

        /// The body as text.
        var text: String { String(buffer: body) }
        /// The address without its query.
        var path: String { String(uri.prefix { $0 != "?" }) }
        /// The items of the query as they were sent.
        var query: [String] { uri.drop { $0 != "?" }.dropFirst().split(separator: "&").map(String.init) }
    }

    /// What the server does once a request is there.
    enum Reply: Sendable {
        case answer(status: Int = 200, headers: [(String, String)] = [], body: String)
        /// A body with its length announced in no header.
        case chunked(pieces: [String], type: String = "text/plain")
        /// Announces `length` bytes, sends `body` and closes the connection.
        case truncated(length: Int, body: String)
        /// Announces `length` bytes, sends `body` and no more.
        case stalled(length: Int, body: String, type: String = "text/plain")
        /// Bytes that are no HTTP.
        case garbage(String)
        case silence
        case close
        /// Closes so that the peer gets a reset.
        case reset
    }

    typealias Script = @Sendable (Received) -> Reply

    private struct State {
        var received: [Received] = []
        var connections = 0
        var waiters: [(count: Int, resume: CheckedContinuation<Void, Never>)] = []
    }

    private let channel: any Channel
    private let log: Log

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        self.log = log
    }

    static func start(_ script: @escaping Script) async throws -> TestServer {
        let log = Log()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(
                        ConnectionHandler(number: log.nextConnection(), log: log, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestServer(channel: channel, log: log)
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// The requests that have arrived so far.
    var received: [Received] { log.received }

    /// Returns once so many requests have arrived.
    func requestsArrived(_ count: Int) async { await log.arrived(count) }

    func stop() async throws { try await channel.close() }
}

extension TestServer {
    /// What has arrived, and who waits for more.
    final class Log: Sendable {
        private let state = Mutex(State())

        var received: [Received] { state.withLock(\.received) }

        func nextConnection() -> Int {
            state.withLock { state in
                state.connections += 1
                return state.connections
            }
        }

        func record(_ request: Received) {
            let ready = state.withLock { state in
                state.received.append(request)
                let count = state.received.count
                let ready = state.waiters.filter { $0.count <= count }
                state.waiters.removeAll { $0.count <= count }
                return ready
            }
            for waiter in ready { waiter.resume.resume() }
        }

        func arrived(_ count: Int) async {
            await withCheckedContinuation { waiter in
                let isThere = state.withLock { state in
                    guard state.received.count < count else { return true }
                    state.waiters.append((count, waiter))
                    return false
                }
                if isThere { waiter.resume() }
            }
        }
    }
}
