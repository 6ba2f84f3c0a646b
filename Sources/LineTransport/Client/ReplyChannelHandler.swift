import NIOCore

/// Reads a client's connection: cuts what arrives into replies and hands them to the exchange.
final class ReplyChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A reply has no limit of its own; this one only keeps a peer that is no daemon from filling the memory.
    private static let maximumReplyBytes = 1 << 30

    private let exchange: ReplyExchange
    private var decoder = LineDecoder(maximumLength: maximumReplyBytes)

    init(exchange: ReplyExchange) {
        self.exchange = exchange
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
        while let line = decoder.next() {
            guard let reply = reply(in: line) else {
                exchange.end(.unreadable)
                return context.close(promise: nil)
            }
            exchange.deliver(reply)
        }
    }

    private func reply(in line: LineDecoder.Line) -> ReplyLine? {
        switch line {
        case .complete(let bytes): ReplyLine(bytes)
        case .tooLong: nil
        }
    }

    func read(context: ChannelHandlerContext) {
        // Whoever makes room in a stream that was full asks the channel to read again.
        if exchange.mayRead {
            context.read()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset is how a daemon's end looks when it left requests unread.
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange.end(.closed)
    }
}
