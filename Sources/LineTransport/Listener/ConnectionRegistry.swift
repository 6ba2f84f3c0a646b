import NIOCore
import Synchronization

/// The open connections of a listener, and whether another may join them.
final class ConnectionRegistry: Sendable {
    fileprivate struct State {
        var lastID: UInt64 = 0
        var connections: [UInt64: LineConnection] = [:]
        var countByUser: [UInt32: Int] = [:]
        var isDraining = false
        var emptinessWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let limits: LineLimits
    private let state = Mutex(State())

    init(limits: LineLimits) {
        self.limits = limits
    }

    /// Connections open now.
    var count: Int {
        state.withLock { $0.connections.count }
    }

    /// Registers a new connection, or says why not.
    func admit(_ peer: PeerCredentials, on eventLoop: any EventLoop) -> Result<LineConnection, ConnectionRefused> {
        state.withLock { state in
            if let refusal = refusal(of: peer.userID, in: state) {
                return .failure(ConnectionRefused(reason: refusal))
            }
            state.lastID += 1
            let connection = LineConnection(
                id: state.lastID, peer: peer, eventLoop: eventLoop, limits: limits)
            state.connections[connection.id] = connection
            state.countByUser[peer.userID, default: 0] += 1
            if state.isDraining {
                connection.drain()
            }
            return .success(connection)
        }
    }

    private func refusal(of userID: UInt32, in state: State) -> ConnectionRefusal? {
        if state.connections.count >= limits.connections {
            .tooManyConnections(limit: limits.connections)
        } else if state.countByUser[userID, default: 0] >= limits.connectionsPerUser {
            .tooManyConnectionsOfUser(userID: userID, limit: limits.connectionsPerUser)
        } else {
            nil
        }
    }

    /// Forgets a connection that is gone.
    func remove(_ connection: LineConnection) {
        let waiters = state.withLock { state in
            guard state.connections.removeValue(forKey: connection.id) != nil else { return state.noWaiters }
            let left = state.countByUser[connection.peer.userID, default: 1] - 1
            state.countByUser[connection.peer.userID] = left == 0 ? nil : left
            return state.connections.isEmpty ? state.takeWaiters() : state.noWaiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    /// Tells every connection, also those that were accepted but are yet to be admitted, to finish and close.
    func drainAll() {
        let connections = state.withLock { state in
            state.isDraining = true
            return Array(state.connections.values)
        }
        for connection in connections {
            connection.drain()
        }
    }

    /// Closes every connection at once.
    func abortAll() {
        for connection in state.withLock({ Array($0.connections.values) }) {
            connection.abort()
        }
    }

    /// Returns once no connection is open.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                guard !state.connections.isEmpty else { return true }
                state.emptinessWaiters.append(continuation)
                return false
            }
            if isEmpty {
                continuation.resume()
            }
        }
    }
}

extension ConnectionRegistry.State {
    fileprivate var noWaiters: [CheckedContinuation<Void, Never>] { [] }

    fileprivate mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { emptinessWaiters = [] }
        return emptinessWaiters
    }
}

/// A connection was not admitted.
struct ConnectionRefused: Error {
    let reason: ConnectionRefusal
}
