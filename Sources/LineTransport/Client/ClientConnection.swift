import NIOCore
import NIOPosix
import Synchronization

/// A client's connection: sends lines and brings each its replies. Usable from any thread.
final class ClientConnection: Sendable {
    private struct Outgoing {
        var lines: [ByteBuffer] = []
        var hasFlushComing = false
    }

    private let channel: any Channel
    private let exchange: ReplyExchange
    private let outgoing = Mutex(Outgoing())

    private init(channel: any Channel, exchange: ReplyExchange) {
        self.channel = channel
        self.exchange = exchange
    }

    static func connect(toUnixSocket path: String) async throws -> ClientConnection {
        let exchange = ReplyExchange()
        let channel = try await ClientBootstrap(group: FinetuneClient.threads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ReplyChannelHandler(exchange: exchange))
                }
            }
            .connect(unixDomainSocketPath: path).get()
        return ClientConnection(channel: channel, exchange: exchange)
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Closes the connection; requests under way end without a reply.
    func close() async {
        exchange.end(.closed)
        await withCheckedContinuation { continuation in
            channel.closeFuture.whenComplete { _ in continuation.resume() }
            channel.close(promise: nil)
        }
    }

    /// Sends the line that `makeLine` makes for an id, and waits for its reply.
    func call(_ makeLine: (_ id: Int) -> [UInt8]) async throws -> ReplyLine {
        let id = exchange.makeID()
        let line = ByteBuffer(bytes: makeLine(id))
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { caller in
                if exchange.begin(id, lineBytes: line.readableBytes, caller: caller) {
                    write(line)
                }
            }
        } onCancel: {
            exchange.abandonCall(id)
        }
    }

    // Lines that are sent before the event loop gets to them leave in one write.
    fileprivate func write(_ line: ByteBuffer) {
        let needsFlush = outgoing.withLock { outgoing in
            outgoing.lines.append(line)
            defer { outgoing.hasFlushComing = true }
            return !outgoing.hasFlushComing
        }
        if needsFlush {
            channel.eventLoop.execute { self.flush() }
        }
    }

    private func flush() {
        let lines = outgoing.withLock { outgoing in
            defer { outgoing = Outgoing() }
            return outgoing.lines
        }
        for line in lines {
            channel.write(line, promise: nil)
        }
        channel.flush()
    }
}

// MARK: - Streams

extension ClientConnection {
    /// Sends the line that `makeLine` makes for an id, and keeps its replies for `nextLine(ofStream:)`.
    func beginStream(_ makeLine: (_ id: Int) -> [UInt8]) -> Int {
        let id = exchange.makeID()
        let line = ByteBuffer(bytes: makeLine(id))
        if exchange.beginStream(id, lineBytes: line.readableBytes) {
            write(line)
        }
        return id
    }

    /// The next line of a stream; `nil` after its last. One reader at a time. `onCancel` is to end the stream.
    func nextLine(ofStream id: Int, onCancel: @Sendable () -> Void) async throws -> ReplyLine? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                if exchange.takeLine(ofStream: id, reader: reader) {
                    channel.read()
                }
            }
        } onCancel: {
            onCancel()
        }
    }

    /// Forgets a stream. The daemon, unless it has ended the stream itself, is sent the line that `makeLine` makes
    /// for an id, whose reply nobody waits for.
    func endStream(_ id: Int, _ makeLine: (_ id: Int) -> [UInt8]) {
        if exchange.abandonStream(id) {
            write(ByteBuffer(bytes: makeLine(exchange.makeID())))
        }
        channel.read()
    }
}
