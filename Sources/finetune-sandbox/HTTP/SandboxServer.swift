import NIOCore
import NIOHTTP1
import NIOPosix

/// Listens on 127.0.0.1 and serves each connection in a task of its own.
struct SandboxServer {
    private let listener: NIOAsyncChannel<Connection.Channel, Never>
    private let sandbox: Sandbox
    /// The port that the system gave, where 0 was asked for.
    let port: Int

    init(port: Int, sandbox: Sandbox) async throws {
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try Connection.Channel(wrappingChannelSynchronously: channel)
                }
            }
        self.port = listener.channel.localAddress?.port ?? port
        self.sandbox = sandbox
    }

    /// Serves, and trains what is ordered, until the task is cancelled; then every connection ends at once.
    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await sandbox.train() }
            try await listener.executeThenClose { connections in
                for try await channel in connections {
                    group.addTask { await serve(channel) }
                }
            }
            group.cancelAll()
        }
    }

    private func serve(_ channel: Connection.Channel) async {
        let connection = Connection(channel: channel, sandbox: sandbox)
        do {
            try await connection.serve()
        } catch {
            // The peer has gone, or sent no HTTP: it is one connection, and nobody is left to be told.
        }
        await sandbox.noteEnd(of: connection.id)
    }
}
