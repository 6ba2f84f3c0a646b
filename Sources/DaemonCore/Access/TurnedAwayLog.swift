import FinetuneAPI
import LineTransport
import Logging
import NIOCore
import Synchronization

/// Counts the clients that were turned away because of a limit, and tells the log: each limit at once when it is met,
/// then at most once in a while with the number of those in between, so that a storm of clients does not fill it.
final class TurnedAwayLog: Sendable {
    private static let pause = TimeAmount.seconds(10)

    private struct State {
        var counts = TurnedAwayClients()
        var remarks: [LimitMet: OccasionalRemark] = [:]
    }

    private let limits: Limits
    private let logger: Logger
    private let state = Mutex(State())

    init(limits: Limits, logger: Logger) {
        self.limits = limits
        self.logger = logger
    }

    /// How many there were so far.
    var counts: TurnedAwayClients { state.withLock { $0.counts } }

    /// A client was turned away. `eventLoop` is asked for the time.
    func note(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {
        let met = LimitMet(reason, limits)
        let isTold = state.withLock { state in
            state.counts[keyPath: met.count] += 1
            return state.remarks[met, default: OccasionalRemark()].happened()
        }
        guard isTold else { return }
        var metadata: Logger.Metadata = ["limit": "\(met.setting)"]
        if let peer {
            metadata["peer_uid"] = "\(peer.userID)"
            metadata["peer_pid"] = "\(peer.processID)"
        }
        logger.log(level: met.level, "\(met.message(limits))", metadata: metadata)
        pause(met, on: eventLoop)
    }

    private func pause(_ met: LimitMet, on eventLoop: any EventLoop) {
        eventLoop.scheduleTask(in: Self.pause) { self.endPause(met, on: eventLoop) }
    }

    private func endPause(_ met: LimitMet, on eventLoop: any EventLoop) {
        let count = state.withLock { $0.remarks[met]?.endPause() ?? 0 }
        guard count > 0 else { return }
        logger.log(
            level: met.level, "\(met.message(limits)); \(count) more since that was told last",
            metadata: ["limit": "\(met.setting)", "more": "\(count)"])
        pause(met, on: eventLoop)
    }
}

/// A limit that a client ran into.
private enum LimitMet: Hashable {
    case connections, connectionsPerUser, fileDescriptors
    case unreadBytes, unreadBytesForTenSeconds

    init(_ reason: TurnedAway, _ limits: Limits) {
        self =
            switch reason {
            case .refused(.tooManyConnections): .connections
            case .refused(.tooManyConnectionsOfUser): .connectionsPerUser
            case .refused(.outOfFileDescriptors): .fileDescriptors
            case .unread(let bytes): bytes > limits.unreadBytes ? .unreadBytes : .unreadBytesForTenSeconds
            }
    }

    var count: WritableKeyPath<TurnedAwayClients, Int> {
        switch self {
        case .connections: \.connections
        case .connectionsPerUser: \.connectionsPerUser
        case .fileDescriptors: \.fileDescriptors
        case .unreadBytes, .unreadBytesForTenSeconds: \.unreadBytes
        }
    }

    /// What raises it.
    var setting: String {
        switch self {
        case .connections: "limits.connections"
        case .connectionsPerUser: "limits.connections_per_user"
        case .fileDescriptors: "LimitNOFILE"
        case .unreadBytes: "limits.unread_bytes"
        case .unreadBytesForTenSeconds: "limits.unread_bytes_for_10_seconds"
        }
    }

    /// What keeps others out is the administrator's concern, what one user does only that user's.
    var level: Logger.Level {
        switch self {
        case .connections, .fileDescriptors: .warning
        case .connectionsPerUser, .unreadBytes, .unreadBytesForTenSeconds: .notice
        }
    }

    func message(_ limits: Limits) -> String {
        switch self {
        case .connections: "a connection was refused: \(limits.connections) are open, and no more are allowed"
        case .connectionsPerUser:
            """
            a connection was refused: its user has \(limits.connectionsPerUser) open, and no more are allowed to one \
            user
            """
        case .fileDescriptors: "a connection was refused: there is no file descriptor left for it"
        case .unreadBytes:
            "a connection was closed: its client left more than \(limits.unreadBytes) bytes unread and read nothing"
        case .unreadBytesForTenSeconds:
            """
            a connection was closed: its client left more than \(limits.unreadBytesForTenSeconds) bytes unread for \
            ten seconds
            """
        }
    }
}
