import LineTransport

/// No daemon answers on any of the sockets that were tried.
struct DaemonUnreachable: Error, Equatable {
    /// A socket that was tried.
    struct Attempt: Equatable, Sendable {
        let path: String
        let reason: String
    }

    let attempts: [Attempt]

    /// What to do about it, a line each.
    var remedies: [String] {
        // There most likely is a daemon: what is missing is not its start.
        if attempts.contains(where: { $0.reason.contains("Permission denied") }) {
            return ["ask an administrator to let you open the socket (its group may)"]
        }
        let byHand = attempts.last { $0.path != SocketLocation.systemPath }?.path
        let start = "start it: systemctl start finetuned"
        let startByHand = "finetuned --socket \(byHand ?? "PATH") --state-directory DIRECTORY"
        var remedies: [String] = []
        if attempts.contains(where: { $0.path == SocketLocation.systemPath }) {
            remedies.append(start)
            remedies.append("or by hand: \(startByHand)")
        } else {
            remedies.append("start it: \(startByHand)")
        }
        return remedies
    }
}
