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
        // There most likely is a daemon where the socket may not be opened: what is missing is not its start.
        let isForbidden = attempts.contains { $0.reason.contains("Permission denied") }
        var starts: [String] = []
        if !isForbidden, attempts.contains(where: { $0.path == SocketLocation.systemPath }) {
            starts.append("start it: systemctl start finetuned")
        }
        if attempts.contains(where: \.isOfUser) {
            let start = starts.isEmpty && !isForbidden ? "start it" : "or your own"
            starts.append("\(start): systemctl --user start finetuned.socket")
        }
        if isForbidden { return ["ask an administrator to let you open the socket (its group may)"] + starts }
        let start = starts.isEmpty ? "start it" : "or by hand"
        return starts + ["\(start): finetuned --socket \(byHand ?? "PATH") --state-directory DIRECTORY"]
    }
}
