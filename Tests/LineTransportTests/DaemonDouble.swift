import FinetuneAPI
import LineTransport
import NIOCore
import Synchronization

/// A service that leaves every request to the test: each arrives in `next()` and is answered by it.
final class DaemonDouble: LineService {
    /// A request and the connection to answer it on.
    struct Arrival: Sendable {
        let request: Request
        let connection: LineConnection

        /// Sends one line of the answer, and ends the request if it is the last.
        func reply(_ status: Int, _ body: JSONValue = [:]) {
            let line = ByteBuffer(bytes: Reply.line(id: request.id, status: status, body: body.bytes))
            if status == Reply.partial {
                connection.send(line)
            } else {
                connection.finishRequest(sending: line)
            }
        }
    }

    private let arrivals: AsyncStream<Arrival>
    private let continuation: AsyncStream<Arrival>.Continuation
    private let lineTooLong = APIError(.lineTooLong, "the line is too long", remedy: "Send less.")

    init() {
        (arrivals, continuation) = AsyncStream.makeStream()
    }

    /// The next request, in the order of arrival.
    func next() async -> Arrival {
        var iterator = arrivals.makeAsyncIterator()
        guard let arrival = await iterator.next() else { preconditionFailure("the stream never finishes") }
        return arrival
    }

    func makeHandler(for connection: LineConnection) -> any LineHandler {
        Handler(connection: connection, double: self)
    }

    func line(for refusal: ConnectionRefusal) -> ByteBuffer {
        let error = APIError(.tooManyRequests, "\(refusal)", remedy: "Close some.")
        return errorLine(error)
    }

    func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {}

    private func errorLine(_ error: APIError) -> ByteBuffer {
        do {
            let body = try WireEncoder().encode(error)
            return ByteBuffer(bytes: Reply.line(id: .none, status: error.code.status, body: body))
        } catch {
            preconditionFailure("an error can be written: \(error)")
        }
    }

    private final class Handler: LineHandler {
        let connection: LineConnection
        let double: DaemonDouble

        init(connection: LineConnection, double: DaemonDouble) {
            self.connection = connection
            self.double = double
        }

        func receive(_ line: ByteBuffer) {
            let request = line.withUnsafeReadableBytes { bytes in
                Result { try Request(line: bytes.assumingMemoryBound(to: UInt8.self)) }
            }
            switch request {
            case .success(let request):
                connection.beginRequest()
                double.continuation.yield(Arrival(request: request, connection: connection))
            case .failure:
                connection.send(ByteBuffer(string: "this is no reply\n"))
            }
        }

        func receiveTooLongLine(byteCount: Int) {
            connection.send(double.errorLine(double.lineTooLong))
        }

        func connectionClosed() {}
    }
}

/// A `DaemonDouble` on a socket of its own and a client connected to it.
func withClient(
    limits: LineLimits = LineLimits(),
    _ body: (_ client: FinetuneClient, _ daemon: DaemonDouble, _ path: String) async throws -> Void
) async throws {
    try await withTemporaryDirectory { directory in
        let daemon = DaemonDouble()
        let path = "\(directory)/socket"
        let listener = try await LineListener.start(on: .path(path), service: daemon, limits: limits)
        do {
            let client = try await FinetuneClient.connect(toUnixSocket: path)
            try await body(client, daemon, path)
            await client.close()
        } catch {
            try await listener.shutdown(within: .zero)
            throw error
        }
        try await listener.shutdown(within: .zero)
    }
}
