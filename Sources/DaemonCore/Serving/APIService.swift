import FinetuneAPI
package import LineTransport
import Logging
package import NIOCore
import Synchronization

/// Answers every line that arrives on the daemon's socket.
package final class APIService: LineService {
    let router: Router
    let limits: Limits
    let replies: RenderedReplies
    let logger: Logger
    private let access: Current<AccessPolicy>
    private let accessReplacements = Atomic(0)
    private let refusing = Atomic(false)
    private let turnedAway: TurnedAwayLog
    let audit: AuditTrail
    let quotas: RequestQuotas

    init(
        router: Router, access: Current<AccessPolicy>, limits: Limits, replies: RenderedReplies,
        turnedAway: TurnedAwayLog, logger: Logger
    ) {
        self.router = router
        self.access = access
        self.limits = limits
        self.replies = replies
        self.turnedAway = turnedAway
        self.logger = logger
        audit = AuditTrail(logger: logger)
        quotas = RequestQuotas(perSecond: limits.requestsPerSecondPerUser)
    }

    /// Decides by this policy from now on, also about clients that are connected.
    func replaceAccess(with policy: AccessPolicy) {
        access.replace(with: policy)
        accessReplacements.add(1, ordering: .releasing)
    }

    /// Refuses all further requests with `shutting_down`. Those under way go on.
    func refuseFurtherRequests() { refusing.store(true, ordering: .relaxed) }

    var isRefusing: Bool { refusing.load(ordering: .relaxed) }

    /// The groups whose members may do what a role may.
    func groups(allowing role: Role) -> [String] { access.now.groups(allowing: role) }

    /// How often the policy was replaced: whoever knows a caller's role asks for it again after that.
    var accessGeneration: Int { accessReplacements.load(ordering: .acquiring) }

    /// The handler of one connection's lines.
    package func makeHandler(for connection: LineConnection) -> any LineHandler {
        APIConnection(service: self, connection: connection) { [self] in
            Caller(peer: connection.peer, role: access.now.role(of: connection.peer))
        }
    }

    /// The line that tells a client why it is not served.
    package func line(for refusal: ConnectionRefusal) -> ByteBuffer {
        let error = APIError(refusing: refusal)
        return ByteBuffer(bytes: Reply.line(id: .none, status: error.code.status, body: error.json))
    }

    /// Counts the client, and tells the log, but not more than once in a while.
    package func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {
        turnedAway.note(peer, because: reason, on: eventLoop)
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
