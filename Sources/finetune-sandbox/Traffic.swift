/// What the provider's clients take up: how many connections are open, and how many requests come in.
///
/// A connection counts from its first request to the provider on; those that only control the sandbox do not.
struct Traffic {
    /// Requests since the start.
    private(set) var requests = 0
    /// The most of them that came within one second of the clock.
    private(set) var mostRequestsInASecond = 0
    /// The most connections that were open at a time.
    private(set) var mostConnections = 0
    private var connections: Set<ObjectIdentifier> = []
    private var second: Int64 = 0
    private var requestsInSecond = 0

    /// Connections that are open.
    var openConnections: Int { connections.count }

    /// A request came in over a connection, so long after the start.
    mutating func note(requestOver connection: ObjectIdentifier, after elapsed: Duration) {
        requests += 1
        connections.insert(connection)
        mostConnections = max(mostConnections, connections.count)
        if elapsed.components.seconds != second {
            second = elapsed.components.seconds
            requestsInSecond = 0
        }
        requestsInSecond += 1
        mostRequestsInASecond = max(mostRequestsInASecond, requestsInSecond)
    }

    /// A connection ended.
    mutating func note(endOf connection: ObjectIdentifier) {
        connections.remove(connection)
    }
}
