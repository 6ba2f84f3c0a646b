import DaemonCore
import LineTransport
import Logging
import ServiceLifecycle
import Synchronization
import Systemd

/// The daemon's socket, from its first connection to its last.
struct SocketService: Service {
    /// How long the requests under way and the lines that were not read yet may take when the daemon ends.
    private static let drain = Duration.seconds(6)
    private static let patience = Duration.seconds(2)

    let socket: DaemonSocket
    let limits: LineLimits
    let daemon: Daemon
    let connections: ConnectionCount
    let manager: ServiceManager
    let status: ServiceStatus
    let logger: Logger

    func run() async throws {
        // Before the first client can take the last file descriptor: threads of event loops need some, and so do the
        // timers of each clock, for want of which the process would be ended.
        FinetuneClient.makeThreads()
        try await Task.sleep(for: .nanoseconds(1), clock: .continuous)
        try await Task.sleep(for: .nanoseconds(1), clock: .suspending)
        let listener = try await LineListener.start(on: socket.source, service: daemon.service, limits: limits)
        connections.count(of: listener)
        do {
            try await cancelWhenGracefulShutdown { try await becomeReady() }
            try await gracefulShutdown()
        } catch is CancellationError {
            logger.debug("the socket ends with the rest of the daemon")
        }
        logger.log(.daemonStopping, level: .info, "stopping")
        manager.tell(.stopping, .status("finishing the requests under way"))
        daemon.endStreams()
        try await drain(listener)
    }

    // What was sent before is answered for a while; what is still unread then is refused, so that it gets a word too.
    private func drain(_ listener: LineListener) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                if await pause(for: Self.patience) { daemon.refuseFurtherRequests() }
            }
            try await listener.shutdown(within: Self.drain)
            group.cancelAll()
        }
    }

    // Whoever is told that the daemon is ready may ask it at once, so it asks itself first. Clients may be so many
    // that it gets no answer at once; they are served all the same.
    private func becomeReady() async throws {
        while try await !answersItself() { try await Task.sleep(for: .milliseconds(100)) }
        logger.log(.daemonReady, level: .notice, "answering", also: ["socket": "\(socket.path)"])
        await status.tell(also: .ready)
        giveBackStart()
    }

    private func giveBackStart() {
        do {
            try ProcessMemory.giveBackStart()
        } catch {
            logger.debug("what the start has read stays in memory: \(error)")
        }
    }

    private func answersItself() async throws -> Bool {
        do {
            try await socket.ask()
            return true
        } catch let error as ClientError {
            logger.warning("the daemon's socket does not answer the daemon yet: \(error)")
            return false
        }
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
