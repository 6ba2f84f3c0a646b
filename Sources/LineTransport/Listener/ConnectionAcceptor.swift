import NIOCore
import NIOPosix

/// Sets up each new connection: who it is, whether it is admitted, and the handlers of its channel.
struct ConnectionAcceptor: Sendable {
    let service: any LineService
    let limits: LineLimits
    let registry: ConnectionRegistry
    let group: MultiThreadedEventLoopGroup

    var bootstrap: ServerBootstrap {
        let outputs = OutputBuffers(group)
        return ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUpListener(channel) }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUp(channel, outputs: outputs) }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // One read a wake-up, so that no connection holds the loop; small at first, so that idle ones are cheap.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1_024, maximum: 65_536)
            )
            .childChannelOption(
                .writeBufferWaterMark,
                value: ChannelOptions.Types.WriteBufferWaterMark(
                    low: max(limits.unreadBytesPause / 4, 1), high: limits.unreadBytesPause))
    }

    private func setUpListener(_ channel: any Channel) throws {
        let refusal = service.line(for: .outOfFileDescriptors)
        try channel.pipeline.syncOperations.addHandler(AcceptFailureHandler(refusal: refusal))
    }

    private func setUp(_ channel: any Channel, outputs: OutputBuffers) throws {
        switch registry.admit(try peer(of: channel), on: channel.eventLoop) {
        case .success(let connection): try serve(connection, on: channel, output: outputs[channel.eventLoop])
        case .failure(let refused):
            try channel.pipeline.syncOperations.addHandler(RefusalHandler(line: service.line(for: refused.reason)))
        }
    }

    private func serve(_ connection: LineConnection, on channel: any Channel, output: OutputBuffer) throws {
        channel.closeFuture.whenComplete { _ in registry.remove(connection) }
        let handler = LineChannelHandler(
            connection: connection, service: service, limits: limits, output: output)
        connection.attach(handler)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    private func peer(of channel: any Channel) throws -> PeerCredentials {
        let operations = channel.pipeline.syncOperations
        let peer = try operations.withUnsafeTransportIfAvailable { (descriptor: CInt) in
            try PeerCredentials(ofSocket: descriptor)
        }
        guard let peer else { preconditionFailure("the channel of a Unix socket shows its descriptor") }
        return peer
    }
}
