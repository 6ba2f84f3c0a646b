package import NIOCore

/// What answers the lines that a `LineListener` receives.
package protocol LineService: Sendable {
    /// Makes the handler of a new connection. Called on the connection's event loop, before its first line.
    func makeHandler(for connection: LineConnection) -> any LineHandler

    /// The line, with its `\n`, that tells a client why its connection is not served.
    func line(for refusal: ConnectionRefusal) -> ByteBuffer

    /// A client is not served, or no longer, because of a limit. Called on this event loop, for each of them; `peer` is
    /// who it was, unless it went away before the kernel was asked.
    func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop)
}

/// Answers the lines of one connection.
///
/// Every function is called on the connection's event loop and must not block it. A handler may answer with
/// `LineConnection.send` before it returns, which costs no hop between threads, or announce the request with
/// `beginRequest`, return, and answer later from any thread with `finishRequest`.
package protocol LineHandler: AnyObject {
    /// A line arrived, without its end and not empty. It may be kept, but keeps alive the chunk that it came in.
    func receive(_ line: ByteBuffer)

    /// A line over the limit has gone by; so many bytes stood before its `\n`.
    func receiveTooLongLine(byteCount: Int)

    /// The connection is gone; what is sent from now on is dropped. Called once, after the last line.
    func connectionClosed()
}

/// Why a new connection is not served.
package enum ConnectionRefusal: Sendable, Equatable {
    /// As many connections are open as are allowed in all.
    case tooManyConnections(limit: Int)
    /// As many connections of this user are open as are allowed to one user.
    case tooManyConnectionsOfUser(userID: UInt32, limit: Int)
    /// The process has no file descriptor left.
    case outOfFileDescriptors
}

/// Which limit a client ran into that was turned away.
package enum TurnedAway: Sendable, Equatable {
    /// Its connection was refused.
    case refused(ConnectionRefusal)
    /// Its connection was closed: it left so many bytes unread for too long.
    case unread(bytes: Int)
}
