import DaemonCore
import LineTransport
import Logging
import ServiceLifecycle
import Synchronization

/// The daemon's socket, from its first connection to its last.
struct SocketService: Service {
    /// How long the requests under way and the lines that were not read yet may take when the daemon ends.
    private static let drain = Duration.seconds(5)

    let configuration: DaemonConfiguration
    let daemon: Daemon
    let connections: ConnectionCount
    let logger: Logger

    func run() async throws {
        let listener = try await LineListener.start(
            on: .path(configuration.socket.path, mode: configuration.socket.mode), service: daemon.service,
            limits: LineLimits(configuration.limits))
        connections.count(of: listener)
        logger.info("answering", metadata: ["socket": "\(configuration.socket.path)"])
        do {
            try await gracefulShutdown()
        } catch {
            logger.debug("the socket ends with the rest of the daemon")
        }
        logger.info("stopping")
        daemon.stopServing()
        try await listener.shutdown(within: Self.drain)
    }
}

/// How many clients are connected, for those who are made before the listener is.
final class ConnectionCount: Sendable {
    private let listener = Mutex<LineListener?>(nil)

    /// Clients connected now; none before there is a listener.
    var now: Int {
        listener.withLock { $0 }?.connectionCount ?? 0
    }

    /// Counts the connections of this listener from now on.
    func count(of listener: LineListener) {
        self.listener.withLock { $0 = listener }
    }
}
