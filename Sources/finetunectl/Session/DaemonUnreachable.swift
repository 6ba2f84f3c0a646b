import LineTransport

/// No daemon answers on any of the sockets that were tried.
struct DaemonUnreachable: Error, Equatable {
    /// A socket that was tried.
    struct Attempt: Equatable, Sendable {
        let path: String
        let reason: String

        /// Whether a daemon of the user's own listens there, as the units and `SocketLocation` have it.
        var isOfUser: Bool {
            path != SocketLocation.systemPath && path.hasSuffix(SocketLocation.pathInRuntimeDirectory)
        }
    }

    let attempts: [Attempt]

    /// What to do about it, a line each.
    var remedies: [String] {
        let byHand = attempts.last { $0.path != SocketLocation.systemPath }?.path
        let startByHand = "finetuned --socket \(byHand ?? "PATH") --state-directory DIRECTORY"
        var remedies: [String] = []
        if attempts.contains(where: { $0.reason.contains("Permission denied") }) {
            remedies.append("ask an administrator to let you open the socket (its group may)")
        }
        var starts: [String] = []
        if attempts.contains(where: { $0.path == SocketLocation.systemPath }) {
            starts.append("start it: systemctl start finetuned")
        }
        if attempts.contains(where: \.isOfUser) {
            starts.append("\(starts.isEmpty ? "start it" : "or your own"): systemctl --user start finetuned.socket")
        }
        starts.append("\(starts.isEmpty ? "start it" : "or by hand"): \(startByHand)")
        return remedies + starts
    }
}
