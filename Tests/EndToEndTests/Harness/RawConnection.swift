import FinetuneAPI
import NIOCore
import NIOPosix

/// A connection to the daemon that knows nothing but bytes and lines, as `socat` would have it.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let lines: AsyncStream<[UInt8]>

    private init(channel: any Channel, lines: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.lines = lines
    }

    static func connect(_ socket: String) async throws -> RawConnection {
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LineReceiver(lines: continuation))
                }
            }
            .connect(unixDomainSocketPath: socket).get()
        return RawConnection(channel: channel, lines: lines)
    }

    func send(_ bytes: some Sequence<UInt8>) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    func send(_ text: String) async throws {
        try await send(text.utf8)
    }

    /// Says that nothing more will be sent; replies still arrive.
    func endOutput() async throws {
        try await channel.close(mode: .output)
    }

    /// Leaves what arrives from now on in the socket.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Closes it, if the daemon has not.
    func close() async throws {
        channel.close(promise: nil)
        try await channel.closeFuture.get()
    }

    /// The next reply; `nil` once the daemon has closed.
    func reply() async throws -> Reply? {
        var iterator = lines.makeAsyncIterator()
        guard let line = await iterator.next() else { return nil }
        return try line.withUnsafeBufferPointer { try Reply(line: $0) }
    }

    /// The next replies, fewer if the daemon closes first.
    func replies(_ count: Int) async throws -> [Reply] {
        var replies: [Reply] = []
        while replies.count < count, let reply = try await reply() { replies.append(reply) }
        return replies
    }

    /// All replies until the daemon closes.
    func remainingReplies() async throws -> [Reply] { try await replies(.max) }
}

/// Cuts what arrives into lines.
private final class LineReceiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let lines: AsyncStream<[UInt8]>.Continuation
    private var unfinished: [UInt8] = []

    init(lines: AsyncStream<[UInt8]>.Continuation) {
        self.lines = lines
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var pieces = unwrapInboundIn(data).readableBytesView
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        while pieces.count > 1, let piece = pieces.popFirst() {
            lines.yield(unfinished + piece)
            unfinished = []
        }
        unfinished += pieces.first.map(Array.init) ?? []
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        lines.finish()
    }
}
