import NIOCore
import NIOPosix

@testable import FinetuneAPI
@testable import LineTransport

/// A client that sends bytes and reads replies, for what the real client would never send.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let received: AsyncStream<ByteBuffer>

    private init(channel: any Channel, received: AsyncStream<ByteBuffer>) {
        self.channel = channel
        self.received = received
    }

    static func connect(toUnixSocket path: String) async throws -> RawConnection {
        let (received, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(lines: continuation))
                }
            }
            .connect(unixDomainSocketPath: path).get()
        return RawConnection(channel: channel, received: received)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Leaves what arrives from now on in the socket.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Reads again.
    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// The next reply; `nil` once the daemon has closed the connection.
    func reply() async throws -> Reply? {
        var iterator = received.makeAsyncIterator()
        guard let line = await iterator.next() else { return nil }
        return try line.withUnsafeReadableBytes { try Reply(line: $0.assumingMemoryBound(to: UInt8.self)) }
    }

    func close() async throws {
        try await channel.close()
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private var decoder = LineDecoder(maximumLength: 1 << 30)
        private let lines: AsyncStream<ByteBuffer>.Continuation

        init(lines: AsyncStream<ByteBuffer>.Continuation) {
            self.lines = lines
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            decoder.append(unwrapInboundIn(data))
            while case .complete(let line) = decoder.next() { lines.yield(line) }
        }

        func channelInactive(context: ChannelHandlerContext) {
            lines.finish()
        }
    }
}
