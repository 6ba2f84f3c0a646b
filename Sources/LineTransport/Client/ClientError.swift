public import FinetuneAPI

/// Why a request brought no usable reply.
public enum ClientError: Error, Hashable, Sendable {
    /// Nobody answers on the socket at `path`; `reason` is the system's: "Connection refused".
    case unreachable(path: String, reason: String)
    /// The daemon closed the connection, or it was closed here, before the reply came. Whether the request was
    /// carried out is not known; an idempotency key makes it safe to repeat.
    case connectionLost
    /// The daemon refused the request, or the connection.
    case refused(status: Int, APIError)
    /// The daemon sent something that this client does not understand: it is of another version, or none at all.
    case malformedReply(String)
}

extension ClientError: CustomStringConvertible {
    /// What happened, in one sentence, for people.
    public var description: String {
        switch self {
        case .unreachable(let path, let reason): "The daemon cannot be reached at \(path): \(reason)."
        case .connectionLost: "The connection to the daemon was lost before it replied."
        case .refused(_, let error): error.message
        case .malformedReply(let problem): "The daemon's reply cannot be read: \(problem)."
        }
    }
}
