private import Glibc
import NIOCore
import NIOPosix

/// Serves lines on a Unix domain socket.
package final class LineListener: Sendable {
    /// Where a listener gets its socket.
    package enum Source: Sendable {
        /// A path that it binds, with this mode; removed again when the listener ends.
        case path(String, mode: UInt32 = 0o660)
        /// A listening Unix stream socket that was handed over, by socket activation; the listener closes it.
        case descriptor(Int32)
    }

    /// The limits it was started with.
    package let limits: LineLimits

    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let registry: ConnectionRegistry
    private let ownPath: OwnedSocketPath?

    /// Binds the socket and starts to accept, with `eventLoops` threads of its own.
    package static func start(
        on source: Source, service: any LineService, limits: LineLimits = LineLimits(), eventLoops: Int = 1
    ) async throws -> LineListener {
        let socket = try open(source)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: eventLoops)
        for loop in group.makeIterator() { loop.execute { ThreadScheduling.prompt.apply() } }
        let registry = ConnectionRegistry(limits: limits)
        let acceptor = ConnectionAcceptor(service: service, limits: limits, registry: registry, group: group)
        do {
            let channel = try await acceptor.bootstrap.withBoundSocket(socket.descriptor).get()
            // Taking over a socket, the event loop shortens its backlog.
            listen(socket.descriptor, ListeningSocket.backlog)
            return LineListener(
                limits: limits, channel: channel, group: group, registry: registry, ownPath: socket.ownPath)
        } catch {
            socket.ownPath?.release()
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// Throws if a listener could not start there now. Nothing is changed, so whoever has much to do before it listens
    /// may look first.
    package static func check(_ source: Source) throws(ListenerError) {
        switch source {
        case .path(let path, mode: _): try ListeningSocket.check(path: path)
        case .descriptor: break
        }
    }

    private static func open(_ source: Source) throws(ListenerError) -> ListeningSocket {
        switch source {
        case .path(let path, let mode): try ListeningSocket.bind(path: path, mode: mode)
        case .descriptor(let descriptor): try ListeningSocket.adopt(descriptor: descriptor)
        }
    }

    private init(
        limits: LineLimits, channel: any Channel, group: MultiThreadedEventLoopGroup, registry: ConnectionRegistry,
        ownPath: OwnedSocketPath?
    ) {
        self.limits = limits
        self.channel = channel
        self.group = group
        self.registry = registry
        self.ownPath = ownPath
    }

    /// Connections open now.
    package var connectionCount: Int {
        registry.count
    }

    /// Ends the listener: accepts no more, lets the requests in flight finish and their replies leave, closes each
    /// connection once its client is quiet, and closes what is still open after `grace`.
    ///
    /// Lines that were sent before are still received, read already or not, as requests in flight make room for them; a
    /// service that wants to refuse them does so itself.
    /// To be called once.
    package func shutdown(within grace: Duration) async throws {
        try await channel.close()
        ownPath?.release()
        registry.drainAll()
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(grace)) { self.registry.abortAll() }
        await registry.waitUntilEmpty()
        deadline.cancel()
        try await group.shutdownGracefully()
    }
}
