import NIOCore
import NIOPosix

@testable import LineTransport

/// A client that knows nothing but bytes, for tests of the listener.
final class RawClient: Sendable {
    private let channel: any Channel
    private let lines: LineQueue

    private init(channel: any Channel, lines: LineQueue) {
        self.channel = channel
        self.lines = lines
    }

    static func connect(_ path: String) async throws -> RawClient {
        let lines = LineQueue()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(lines: lines))
                }
            }
            .connect(unixDomainSocketPath: path).get()
        return RawClient(channel: channel, lines: lines)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Says that nothing more will be sent; replies still arrive.
    func endOutput() async throws {
        try await channel.close(mode: .output)
    }

    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// The next line, or `nil` once the daemon has closed.
    func line() async -> String? {
        await lines.next()
    }

    func lines(_ count: Int) async -> [String] {
        var received: [String] = []
        while received.count < count, let line = await line() {
            received.append(line)
        }
        return received
    }

    func close() async throws {
        try await channel.close()
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private var decoder = LineDecoder()
        private let lines: LineQueue

        init(lines: LineQueue) {
            self.lines = lines
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            decoder.append(unwrapInboundIn(data))
            while case .complete(let line) = decoder.next() {
                lines.add(String(buffer: line))
            }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if let event = event as? ChannelEvent, event == .inputClosed {
                context.close(promise: nil)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            lines.finish()
        }
    }
}

/// Lines received and not yet asked for.
final class LineQueue: Sendable {
    private let stream: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func add(_ line: String) {
        continuation.yield(line)
    }

    func finish() {
        continuation.finish()
    }

    func next() async -> String? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}
