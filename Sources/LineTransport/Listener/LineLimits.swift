/// What one listener and each of its connections may take up.
package struct LineLimits: Sendable, Equatable {
    /// The most bytes in a request line, before its `\n`.
    package var lineBytes = 1 << 20
    /// Requests of one connection that have begun and not finished; at this number its next lines wait.
    package var requestsInFlight = 64
    /// Connections open at a time.
    package var connections = 1_024
    /// Connections of one user id open at a time.
    package var connectionsPerUser = 256
    /// Bytes sent that a client has not read; above this number its connection is closed as soon as it is found not to
    /// read: within a quarter of `unreadGrace`.
    package var unreadBytesHard = 4 << 20
    /// Bytes sent that a client has not read; above this number its connection is closed unless it takes as many in
    /// each `unreadGrace`.
    package var unreadBytesSoft = 1 << 20
    /// How long a client may leave more than `unreadBytesSoft` unread, or let a stream of events wait.
    package var unreadGrace: Duration = .seconds(10)
    /// How long a connection that is to end waits for the first line of a client that has just connected.
    package var firstLineGrace: Duration = .milliseconds(250)

    /// The limits that the protocol's description gives as defaults.
    package init() {}
}

extension LineLimits {
    /// Lines of one connection handled before the event loop turns to the others.
    static let linesPerTurn = 64
    /// How long a client has to be quiet before its connection is closed, once the listener ends.
    static let drainPause: Duration = .milliseconds(20)

    /// Unread bytes from which a connection's next lines wait, and streams on it should: a sixteenth of the hard
    /// limit, so that many replies under way still find room.
    var unreadBytesPause: Int { max(unreadBytesHard / 16, 1) }
}
