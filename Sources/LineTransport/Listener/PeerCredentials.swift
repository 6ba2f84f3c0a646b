private import Glibc

/// Who is at the other end of a connection, as the kernel tells it.
///
/// The numbers are those of the moment at which the peer connected; the process may have ended since.
package struct PeerCredentials: Sendable, Equatable {
    /// The user id.
    package let userID: UInt32
    /// The primary group id.
    package let groupID: UInt32
    /// The process id, 0 if the kernel cannot express it in our namespace.
    package let processID: Int32
    /// The supplementary group ids.
    package let supplementaryGroupIDs: [UInt32]

    /// Credentials from plain numbers.
    package init(userID: UInt32, groupID: UInt32, processID: Int32, supplementaryGroupIDs: [UInt32] = []) {
        self.userID = userID
        self.groupID = groupID
        self.processID = processID
        self.supplementaryGroupIDs = supplementaryGroupIDs
    }

    /// Asks the kernel about a connected Unix socket (`SO_PEERCRED` and `SO_PEERGROUPS`, unix(7)).
    init(ofSocket descriptor: CInt) throws(SystemError) {
        // The layout of `struct ucred`, which the C library shows only with _GNU_SOURCE: pid, uid, gid.
        var ucred: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: ucred))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &ucred, &length) == 0 else {
            throw SystemError(operation: "getsockopt(SO_PEERCRED)")
        }
        self.init(
            userID: ucred.uid, groupID: ucred.gid, processID: ucred.pid,
            supplementaryGroupIDs: try Self.supplementaryGroups(ofSocket: descriptor))
    }

    private static func supplementaryGroups(ofSocket descriptor: CInt) throws(SystemError) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 32)
        while true {
            var length = socklen_t(groups.count * MemoryLayout<UInt32>.size)
            if getsockopt(descriptor, SOL_SOCKET, peerGroupsOption, &groups, &length) == 0 {
                return Array(groups.prefix(Int(length) / MemoryLayout<UInt32>.size))
            }
            switch errno {
            // The kernel has set `length` to what it needs.
            case ERANGE where Int(length) > groups.count * MemoryLayout<UInt32>.size:
                groups = [UInt32](repeating: 0, count: Int(length) / MemoryLayout<UInt32>.size)
            // Kernels before 4.13 know no such option.
            case ENOPROTOOPT: return []
            default: throw SystemError(operation: "getsockopt(SO_PEERGROUPS)")
            }
        }
    }

    // <asm-generic/socket.h>; the C library's headers of Debian 12 have it, but older ones have not.
    private static let peerGroupsOption: CInt = 59
}
