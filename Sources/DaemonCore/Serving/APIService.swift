import FinetuneAPI
package import LineTransport
import Logging
package import NIOCore
import Synchronization

/// Answers every line that arrives on the daemon's socket.
package final class APIService: LineService {
    let router: Router
    let access: AccessPolicy
    let limits: Limits
    let replies: RenderedReplies
    let logger: Logger
    let audit: AuditTrail
    let quotas: RequestQuotas
    private let stopping = Atomic(false)

    init(router: Router, access: AccessPolicy, limits: Limits, replies: RenderedReplies, logger: Logger) {
        self.router = router
        self.access = access
        self.limits = limits
        self.replies = replies
        self.logger = logger
        audit = AuditTrail(logger: logger)
        quotas = RequestQuotas(perSecond: limits.requestsPerSecondPerUser)
    }

    /// Refuses all further requests with `shutting_down`. Those under way go on.
    package func stopAccepting() {
        stopping.store(true, ordering: .relaxed)
    }

    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// The handler of one connection's lines.
    package func makeHandler(for connection: LineConnection) -> any LineHandler {
        let caller = Caller(peer: connection.peer, role: access.role(of: connection.peer))
        return APIConnection(service: self, connection: connection, caller: caller)
    }

    /// The line that tells a client why it is not served.
    package func line(for refusal: ConnectionRefusal) -> ByteBuffer {
        let error = APIError(refusing: refusal)
        return ByteBuffer(bytes: Reply.line(id: .none, status: error.code.status, body: error.json))
    }
}

extension APIError {
    fileprivate init(refusing refusal: ConnectionRefusal) {
        switch refusal {
        case .tooManyConnections(let limit):
            self.init(
                .tooManyRequests, "\(limit) connections are open, and no more are allowed",
                remedy: "Close connections that are not in use, or raise limits.connections.",
                detail: ["limit": .number(JSONNumber(limit))])
        case .tooManyConnectionsOfUser(let user, let limit):
            self.init(
                .tooManyRequests, "user \(user) has \(limit) connections open, and no more are allowed to one user",
                remedy: "Send many requests over one connection, or raise limits.connections_per_user.",
                detail: ["limit": .number(JSONNumber(limit))])
        case .outOfFileDescriptors:
            self.init(
                .tooManyRequests, "the daemon has no file descriptor left for another connection",
                remedy: "Close connections that are not in use, or raise the unit's LimitNOFILE.")
        }
    }
}
