/// Where to look for the daemon's socket.
public enum SocketLocation: Sendable, Equatable {
    /// One path that was asked for; no other is tried.
    case chosen(String)
    /// The usual paths, tried in this order.
    case usual([String])

    /// The socket of a daemon that the system runs.
    public static let systemPath = "/run/finetuned/finetuned.sock"
    /// Where a user's daemon has its socket within that user's runtime directory.
    package static let pathInRuntimeDirectory = "/finetuned/finetuned.sock"

    /// Finds the location from what the user gave (`--socket`) and the environment: `FINETUNED_SOCKET` comes next,
    /// else the system's socket is tried, then the user's own in `XDG_RUNTIME_DIR`. Empty values count as none.
    public init(option: String? = nil, environment: [String: String]) {
        if let path = [option, environment["FINETUNED_SOCKET"]].lazy.compactMap(\.self).first(where: { !$0.isEmpty }) {
            self = .chosen(path)
        } else {
            self = .usual([Self.systemPath] + [Self.userPath(environment: environment)].compactMap(\.self))
        }
    }

    /// The socket of a daemon that a user runs by hand, or `nil` where the session has no runtime directory.
    public static func userPath(environment: [String: String]) -> String? {
        guard let directory = environment["XDG_RUNTIME_DIR"], !directory.isEmpty else { return nil }
        return directory + pathInRuntimeDirectory
    }

    /// The paths to try, in order.
    public var paths: [String] {
        switch self {
        case .chosen(let path): [path]
        case .usual(let paths): paths
        }
    }
}
