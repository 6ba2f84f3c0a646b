import LineTransport

/// No daemon answers on any of the sockets that were tried.
struct DaemonUnreachable: Error, Equatable {
    /// A socket that was tried.
    struct Attempt: Equatable, Sendable {
        let path: String
        let reason: String

        fileprivate var isDenied: Bool { reason.contains("Permission denied") }

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
        let system = attempts.first { $0.path == SocketLocation.systemPath }
        // Who may not open a socket does not get further by starting what listens there.
        if system?.isDenied == true {
            return [
                "for an administrator, who lets you in from your next login on: usermod --append --groups finetuned USER",
                "or have a daemon of your own: systemctl --user enable --now finetuned.socket",
            ]
        }
        if attempts.contains(where: \.isDenied) { return ["ask its owner to let you open the socket"] }
        var starts: [String] = []
        if system != nil { starts.append("start it: systemctl start finetuned") }
        if attempts.contains(where: \.isOfUser) {
            starts.append("\(starts.isEmpty ? "start it" : "or your own"): systemctl --user start finetuned.socket")
        }
        starts.append("\(starts.isEmpty ? "start it" : "or by hand"): \(startByHand)")
        return starts
    }
}
