package import FinetuneAPI
package import LineTransport

/// Which peer has which role.
package struct AccessPolicy: Hashable, Sendable {
    /// The role of whoever is named nowhere.
    package var defaultRole: Role
    /// Roles by user id.
    package var users: [UInt32: Role]
    /// Roles by group id.
    package var groups: [UInt32: Role]
    /// The names of those groups, as the configuration writes them.
    package var groupNames: [UInt32: String]
    /// The user that the daemon runs as, who is an administrator, as root is.
    package var daemonUser: UInt32

    /// A policy.
    package init(
        defaultRole: Role, users: [UInt32: Role], groups: [UInt32: Role], groupNames: [UInt32: String] = [:],
        daemonUser: UInt32
    ) {
        self.defaultRole = defaultRole
        self.users = users
        self.groups = groups
        self.groupNames = groupNames
        self.daemonUser = daemonUser
    }

    /// The greatest role that the peer's user or one of its groups is given; the default if none is.
    package func role(of peer: PeerCredentials) -> Role {
        if peer.userID == 0 || peer.userID == daemonUser { return .admin }
        let groups = [peer.groupID] + peer.supplementaryGroupIDs
        let given = [users[peer.userID]].compactMap(\.self) + groups.compactMap { self.groups[$0] }
        return given.max() ?? defaultRole
    }

    /// The names of the groups whose members may do what needs this role, those that may least first.
    func groups(allowing role: Role) -> [String] {
        groups.filter { $0.value >= role }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            .compactMap { groupNames[$0.key] }
    }
}

/// Whoever sent a request.
struct Caller: Sendable {
    let peer: PeerCredentials
    let role: Role
}
