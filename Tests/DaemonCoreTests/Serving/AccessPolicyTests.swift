import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("access")
struct AccessPolicyTests {
    private let policy = AccessPolicy(
        defaultRole: .agent, users: [1_000: .admin, 1_001: .reader], groups: [100: .operate, 200: .reader],
        daemonUser: 998)

    @Test(
        "a peer has the greatest role that its user or one of its groups is given, else the default",
        arguments: [
            (PeerCredentials(userID: 0, groupID: 0, processID: 1), Role.admin),
            (PeerCredentials(userID: 998, groupID: 200, processID: 1), .admin),
            (PeerCredentials(userID: 1_000, groupID: 200, processID: 1), .admin),
            (PeerCredentials(userID: 1_001, groupID: 1, processID: 1), .reader),
            (PeerCredentials(userID: 1_001, groupID: 100, processID: 1), .operate),
            (PeerCredentials(userID: 5, groupID: 200, processID: 1), .reader),
            (PeerCredentials(userID: 5, groupID: 200, processID: 1, supplementaryGroupIDs: [7, 100]), .operate),
            (PeerCredentials(userID: 5, groupID: 1, processID: 1), .agent),
            (PeerCredentials(userID: 5, groupID: 1, processID: 1, supplementaryGroupIDs: [7]), .agent),
        ])
    func aPeerHasItsGreatestRole(_ peer: PeerCredentials, _ role: Role) {
        #expect(policy.role(of: peer) == role)
    }

    @Test("the groups that may are told by name, those that may least first")
    func groupsThatMay() {
        var policy = policy
        policy.groups[300] = .admin
        policy.groupNames = [100: "operators", 200: "readers", 300: "wheel"]
        #expect(policy.groups(allowing: .operate) == ["operators", "wheel"])
        #expect(policy.groups(allowing: .admin) == ["wheel"])
        #expect(self.policy.groups(allowing: .operate).isEmpty)
    }
}
