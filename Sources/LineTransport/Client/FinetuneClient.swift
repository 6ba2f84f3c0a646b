public import FinetuneAPI
import NIOCore

/// A connection to the daemon.
///
/// Any number of tasks may ask through one client at the same time: requests leave at once, and each caller gets
/// the reply to its own, in whatever order they come. The connection is closed with `close()`, or when nothing
/// refers to the client any more. A client whose connection is lost stays so: connect anew.
public final class FinetuneClient: Sendable {
    private let connection: ClientConnection

    private init(connection: ClientConnection) {
        self.connection = connection
    }

    /// Connects to the socket at a path.
    public static func connect(toUnixSocket path: String) async throws(ClientError) -> FinetuneClient {
        guard UnixSocketAddress(path: path) != nil else {
            throw .unreachable(
                path: path, reason: "a socket's path has 1 to \(UnixSocketAddress.maximumPathBytes) bytes")
        }
        do {
            return FinetuneClient(connection: try await .connect(toUnixSocket: path))
        } catch {
            throw .unreachable(path: path, reason: reason(of: error))
        }
    }

    /// Connects to the first of a location's sockets on which a daemon answers.
    ///
    /// If none does, the error is that of the first socket that exists, else of the first path. No path is no daemon.
    public static func connect(to location: SocketLocation) async throws(ClientError) -> FinetuneClient {
        var failures: [ClientError] = []
        for path in location.paths {
            do throws(ClientError) {
                return try await connect(toUnixSocket: path)
            } catch {
                failures.append(error)
            }
        }
        let absence = SystemError.noSuchFile.reason
        throw failures.first { !$0.isUnreachable(because: absence) } ?? failures.first
            ?? .unreachable(path: "", reason: "no path was named")
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return SystemError(operation: "connect", number: error.errnoCode).reason
    }

    /// Asks one thing and waits for the answer, a refusal included.
    ///
    /// Throws `ClientError` if no reply comes, `CancellationError` if the task is cancelled; the daemon may then
    /// still do what it was asked. A `POST` with an idempotency key can be sent again, on a new connection, under
    /// the same key: it is carried out once, and gets the same reply.
    public func send(
        _ method: Method, _ path: String, body: JSONValue? = nil, idempotencyKey: String? = nil
    ) async throws -> Reply {
        try await Self.translatingErrors {
            let line = try await connection.call { id in
                Request(id: .integer(id), method: method, path: path, body: body, idempotencyKey: idempotencyKey).line
            }
            return try Reply(line)
        }
    }

    /// Sends a request whose body is JSON already, under an id of this client's own. The line leaves before this
    /// returns, so requests leave in the order in which this is called.
    public func stream(_ request: Request, body json: [UInt8]) -> ReplyStream {
        let id = connection.beginStream { id in
            var request = request
            request.id = .integer(id)
            return request.line(withBody: json)
        }
        return ReplyStream(id: id, connection: connection)
    }

    /// Asks for a stream, and returns its lines as they come.
    public func stream(
        _ method: Method, _ path: String, body: JSONValue? = nil, idempotencyKey: String? = nil
    ) -> ReplyStream {
        let id = connection.beginStream { id in
            Request(id: .integer(id), method: method, path: path, body: body, idempotencyKey: idempotencyKey).line
        }
        return ReplyStream(id: id, connection: connection)
    }

    /// Closes the connection. Whoever still waits for a reply gets `ClientError.connectionLost`.
    public func close() async {
        await connection.close()
    }
}

extension FinetuneClient {
    /// Runs `body`, and tells its callers of a connection's end in the words of `ClientError`.
    static func translatingErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let end as ConnectionEnd {
            throw ClientError(end)
        }
    }
}

extension Reply {
    /// Reads all of a line that is known to start like a reply.
    init(_ line: ReplyLine) throws(ClientError) {
        let reading = line.bytes.withUnsafeReadableBytes { bytes in
            Result { () throws(APIError) in try Reply(line: bytes.assumingMemoryBound(to: UInt8.self)) }
        }
        do {
            self = try reading.get()
        } catch {
            throw .malformedReply(error.message)
        }
    }
}
