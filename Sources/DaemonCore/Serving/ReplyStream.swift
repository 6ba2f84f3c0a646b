import FinetuneAPI
import LineTransport
import NIOCore

/// The lines of one request's answer.
struct ReplyStream: Sendable {
    let id: RequestID
    let connection: LineConnection

    /// Sends one line of status 206, and waits while the client reads too slowly; unless `patiently`, throws
    /// `LineReaderLags` once it has not read for too long.
    func send(_ body: some Encodable, patiently: Bool = true) async throws {
        write(status: Reply.partial, body: try WireEncoder().encode(body))
        try await connection.waitUntilWritable(patiently: patiently)
    }

    /// Sends one line of status 206 whose body is JSON already, and waits while the client reads too slowly.
    func send(json body: some Collection<UInt8>) async throws {
        write(status: Reply.partial, body: body)
        try await connection.waitUntilWritable()
    }

    /// Sends the last line, of a request that was announced to the connection.
    func finish(status: Int, body: some Collection<UInt8>) {
        connection.finishRequest(sending: ByteBuffer(bytes: Reply.line(id: id, status: status, body: body)))
    }

    /// Sends a line at once.
    func write(status: Int, body: some Collection<UInt8>) {
        connection.send(ByteBuffer(bytes: Reply.line(id: id, status: status, body: body)))
    }
}

extension APIError {
    /// The error's body, as JSON.
    var json: [UInt8] {
        do {
            return try WireEncoder().encode(self)
        } catch {
            preconditionFailure("an error's body always encodes: \(error)")
        }
    }
}
