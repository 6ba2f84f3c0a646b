import FinetuneAPI
import LineTransport
import Systemd

/// The socket that clients connect to: the one that systemd passed, else one that the daemon binds itself.
struct DaemonSocket: Sendable {
    /// The name that the socket unit gives its socket.
    private static let unitName = "finetuned.socket"

    /// Where clients find it.
    let path: String
    /// Where the listener gets it from.
    let source: LineListener.Source

    /// Throws `StartFailure`, `SystemdError` or `ListenerError` if there can be none, or another process serves it.
    init(_ configuration: DaemonConfiguration) throws {
        if let passed = try ListenDescriptors().listeningSocket(named: Self.unitName) {
            guard !passed.path.isEmpty else { throw StartFailure.socketWithoutPath }
            path = passed.path
            source = .descriptor(passed.descriptor)
        } else {
            path = configuration.socket.path
            source = .path(path, mode: configuration.socket.mode)
        }
        try LineListener.check(source)
    }

    /// Makes the directory that it stands in, if need be. Throws `StartFailure`.
    func prepare() throws {
        switch source {
        case .path(let path, mode: _): try SocketDirectory.prepare(for: path)
        case .descriptor: break
        }
    }

    /// Sends a request through the socket, as a client does, and waits for the answer.
    ///
    /// Returns too if the daemon refuses the connection, because so many are open: that is an answer. Throws
    /// `ClientError` if there is none.
    func ask() async throws {
        let client = try await FinetuneClient.connect(toUnixSocket: path)
        do {
            _ = try await client.call(Routes.heartbeat)
        } catch ClientError.refused {
            // It lives, and is busy.
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }
}
