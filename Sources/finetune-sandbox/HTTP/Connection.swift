import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One client's connection: requests one after the other, each read to its end before it is answered.
struct Connection {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    let channel: Channel
    let sandbox: Sandbox
    /// What the sandbox knows it by, as long as it is open.
    var id: ObjectIdentifier { ObjectIdentifier(channel.channel) }

    func serve() async throws {
        try await channel.executeThenClose { inbound, outbound in
            var reader: RequestReader?
            var keepsAlive = true
            for try await part in inbound {
                switch part {
                case .head(let head):
                    keepsAlive = head.isKeepAlive
                    reader = RequestReader(head: head)
                    if reader?.expectsContinue == true { try await outbound.write(.interim(.continue)) }
                case .body(let piece): reader?.take(piece)
                case .end:
                    guard let request = reader.take()?.finish() else { continue }
                    let isOpen = try await answer(request, keepsAlive: keepsAlive, to: outbound)
                    guard isOpen, keepsAlive else { return }
                }
            }
        }
    }

    /// - Returns: false when the connection must end now.
    private func answer(
        _ request: Request, keepsAlive: Bool, to outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        switch try await sandbox.reply(to: request, over: id) {
        case .reset:
            try await reset()
            return false
        case .send(let response, let delivery):
            let writer = ResponseWriter(outbound: outbound, keepsAlive: keepsAlive)
            try await writer.write(response, delivery)
            return delivery != .truncated
        }
    }

    /// Closing a socket that lingers for no time sends RST instead of FIN.
    private func reset() async throws {
        if let socket = channel.channel as? any SocketOptionProvider {
            try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.channel.close()
    }
}

extension HTTPServerResponsePart {
    fileprivate static func interim(_ status: HTTPResponseStatus) -> HTTPServerResponsePart {
        .head(HTTPResponseHead(version: .http1_1, status: status))
    }
}
