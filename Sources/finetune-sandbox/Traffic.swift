/// What the provider's clients take up: how many connections are open, and how many requests come in.
///
/// A connection counts from its first request to the provider on; those that only control the sandbox do not.
struct Traffic {
    /// Requests since the start.
    private(set) var requests = 0
    /// The most of them that came within a second, wherever it begins.
    private(set) var mostRequestsInASecond = 0
    /// The most connections that were open at a time.
    private(set) var mostConnections = 0
    private var connections: Set<ObjectIdentifier> = []
    private var lastSecond: ArraySlice<Duration> = []

    /// Connections that are open.
    var openConnections: Int { connections.count }

    /// A request came in over a connection, so long after the start.
    mutating func note(requestOver connection: ObjectIdentifier, after elapsed: Duration) {
        requests += 1
        connections.insert(connection)
        mostConnections = max(mostConnections, connections.count)
        lastSecond = lastSecond.drop { $0 <= elapsed - .seconds(1) }
        lastSecond.append(elapsed)
        mostRequestsInASecond = max(mostRequestsInASecond, lastSecond.count)
    }

    /// A connection ended.
    mutating func note(endOf connection: ObjectIdentifier) {
        connections.remove(connection)
    }
}
