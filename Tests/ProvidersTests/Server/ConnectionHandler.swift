import Glibc
import NIOCore
import NIOHTTP1

/// Collects the requests of one connection and replies as the script says.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let number: Int
    private let log: TestServer.Log
    private let script: TestServer.Script
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(number: Int, log: TestServer.Log, script: @escaping TestServer.Script) {
        self.number = number
        self.log = log
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var piece): body.writeBuffer(&piece)
        case .end:
            guard let head else { return }
            let request = TestServer.Received(
                method: head.method.rawValue, uri: head.uri, headers: head.headers, body: body, connection: number)
            let reply = script(request)
            log.record(request)
            perform(reply, context)
        }
    }

    // A client that leaves early is what some tests are about.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func perform(_ reply: TestServer.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .answer(let status, let headers, let body):
            send(status, headers + [("content-length", "\(body.utf8.count)")], [body], context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .chunked(let pieces, let type):
            send(200, [("transfer-encoding", "chunked"), ("content-type", type)], pieces, context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .truncated(let length, let body):
            send(200, [("content-length", "\(length)")], [body], context)
            context.close(promise: nil)
        case .stalled(let length, let body, let type):
            send(200, [("content-length", "\(length)"), ("content-type", type)], [body], context)
        case .garbage(let text): sendRaw(text, context)
        case .silence: break
        case .close: context.close(promise: nil)
        case .reset: reset(context)
        }
    }

    private func send(
        _ status: Int, _ headers: [(String, String)], _ pieces: [String], _ context: ChannelHandlerContext
    ) {
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: HTTPHeaders(headers))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for piece in pieces {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: piece)))), promise: nil)
        }
        context.flush()
    }

    private func sendRaw(_ text: String, _ context: ChannelHandlerContext) {
        // The first handler's context writes past the encoder.
        do {
            let encoder = try context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            encoder.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        } catch {
            preconditionFailure("the pipeline has no encoder: \(error)")
        }
        context.close(promise: nil)
    }

    private func reset(_ context: ChannelHandlerContext) {
        guard let socket = context.channel as? any SocketOptionProvider else {
            preconditionFailure("the channel is no socket")
        }
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in loopBound.value.close(promise: nil) }
    }
}
