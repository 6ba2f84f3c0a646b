import NIOCore
import NIOPosix

/// Sets up each new connection: who it is, whether it is admitted, and the handlers of its channel.
struct ConnectionAcceptor: Sendable {
    let service: any LineService
    let limits: LineLimits
    let registry: ConnectionRegistry
    let group: MultiThreadedEventLoopGroup
    let reserve = DescriptorReserve.ofThisProcess

    var bootstrap: ServerBootstrap {
        let services = LoopServices.OfGroup(group)
        return ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUpListener(channel) }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUp(channel, services) }
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
        try channel.pipeline.syncOperations.addHandler(AcceptFailureHandler(service: service))
    }

    private func setUp(_ channel: any Channel, _ services: LoopServices.OfGroup) throws {
        let (descriptor, peer) = try client(of: channel)
        guard !reserve.isTouched(by: descriptor) else {
            return try refuse(peer, on: channel, because: .outOfFileDescriptors)
        }
        switch registry.admit(peer, on: channel.eventLoop) {
        case .success(let connection):
            try serve(connection, on: channel, descriptor, sharing: services[channel.eventLoop])
        case .failure(let refused): try refuse(peer, on: channel, because: refused.reason)
        }
    }

    private func refuse(
        _ peer: PeerCredentials, on channel: any Channel, because reason: ConnectionRefusal
    ) throws {
        service.turnedAway(peer, because: .refused(reason), on: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(RefusalHandler(line: service.line(for: reason)))
    }

    private func serve(
        _ connection: LineConnection, on channel: any Channel, _ descriptor: CInt, sharing shared: LoopServices
    ) throws {
        channel.closeFuture.whenComplete { _ in registry.remove(connection) }
        let handler = LineChannelHandler(
            connection: connection, descriptor: descriptor, service: service, limits: limits, sharing: shared)
        connection.attach(handler)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    private func client(of channel: any Channel) throws -> (descriptor: CInt, peer: PeerCredentials) {
        let operations = channel.pipeline.syncOperations
        let client = try operations.withUnsafeTransportIfAvailable { (descriptor: CInt) in
            (descriptor, try PeerCredentials(ofSocket: descriptor))
        }
        guard let client else { preconditionFailure("the channel of a Unix socket shows its descriptor") }
        return client
    }
}
