import Glibc
import LineTransport

/// No daemon answers on any of the sockets that were tried.
struct DaemonUnreachable: Error, Equatable {
    /// A socket that was tried.
    struct Attempt: Equatable, Sendable {
        let path: String
        let reason: String
        /// The group that may open the socket, if this user may not.
        let group: String?

        init(path: String, reason: String, group: String? = nil) {
            self.path = path
            self.reason = reason
            self.group = group
        }

        /// What became of it just now, with what the system tells of the socket.
        init(at path: String, reason: String) {
            let attempt = Self(path: path, reason: reason)
            self.init(path: path, reason: reason, group: attempt.isDenied ? Self.group(of: path) : nil)
        }

        /// Whether a daemon of the user's own listens there, as the units and `SocketLocation` have it.
        var isOfUser: Bool {
            path != SocketLocation.systemPath && path.hasSuffix(SocketLocation.pathInRuntimeDirectory)
        }
    }

    let attempts: [Attempt]

    /// What to do about it, a line each.
    var remedies: [String] {
        attempts.contains(where: \.isDenied) ? [admission] : starts
    }

    private var starts: [String] {
        let byHand = attempts.last { $0.path != SocketLocation.systemPath }?.path
        var starts: [String] = []
        if attempts.contains(where: { $0.path == SocketLocation.systemPath }) {
            starts.append("start it: systemctl start finetuned")
        }
        if attempts.contains(where: \.isOfUser) {
            starts.append("\(starts.isEmpty ? "start it" : "or your own"): systemctl --user start finetuned.socket")
        }
        let startByHand = "finetuned --socket \(byHand ?? "PATH") --state-directory DIRECTORY"
        starts.append("\(starts.isEmpty ? "start it" : "or by hand"): \(startByHand)")
        return starts
    }

    private var admission: String {
        guard let group = attempts.lazy.compactMap(\.group).first else {
            return "ask an administrator to let you open the socket"
        }
        let joining = ["sudo", "usermod", "--append", "--groups", group, RoleNeeded.currentUser]
        return "its group may, from the next login on: \(joining.map(\.shellWord).joined(separator: " "))"
    }
}

extension DaemonUnreachable.Attempt {
    fileprivate var isDenied: Bool { reason.contains("Permission denied") }

    // Nobody should join the superuser's group for this.
    private static func group(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IWGRP != 0, status.st_gid != 0 else { return nil }
        return getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) }
    }
}
