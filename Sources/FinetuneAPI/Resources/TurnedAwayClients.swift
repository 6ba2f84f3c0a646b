/// How many clients the daemon has turned away since it started, by the limit that they ran into.
public struct TurnedAwayClients: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connections
        case connectionsPerUser = "connections_per_user"
        case fileDescriptors = "file_descriptors"
        case unreadBytes = "unread_bytes"
    }

    /// Connections that were refused because as many were open as are allowed.
    public var connections: Int
    /// Connections that were refused because one user had as many as are allowed.
    public var connectionsPerUser: Int
    /// Connections that were refused because the daemon had no file descriptor left for them.
    public var fileDescriptors: Int
    /// Connections that were closed because too much was left unread for too long.
    public var unreadBytes: Int

    /// Counts; nobody unless told.
    public init(
        connections: Int = 0, connectionsPerUser: Int = 0, fileDescriptors: Int = 0, unreadBytes: Int = 0
    ) {
        self.connections = connections
        self.connectionsPerUser = connectionsPerUser
        self.fileDescriptors = fileDescriptors
        self.unreadBytes = unreadBytes
    }
}
