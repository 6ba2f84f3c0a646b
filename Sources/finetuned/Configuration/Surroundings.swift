#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import FoundationEssentials

/// What the daemon finds around it: the environment and who it runs as. Places follow from that.
struct Surroundings: Sendable {
    var environment: [String: String]
    var userID: UInt32

    /// Those of this process.
    static var current: Surroundings {
        Surroundings(environment: ProcessInfo.processInfo.environment, userID: getuid())
    }

    /// Where the socket is by default. systemd makes the directory and names it, in user mode too.
    var socketPath: String {
        if let directory = directory(named: "RUNTIME_DIRECTORY") { return directory + "/finetuned.sock" }
        if userID == 0 { return "/run/finetuned/finetuned.sock" }
        return (directory(named: "XDG_RUNTIME_DIR") ?? "/run/user/\(userID)") + "/finetuned/finetuned.sock"
    }

    /// Where the state is by default.
    var stateDirectory: String {
        if let directory = directory(named: "STATE_DIRECTORY") { return directory }
        if userID == 0 { return "/var/lib/finetuned" }
        if let directory = directory(named: "XDG_STATE_HOME") { return directory + "/finetuned" }
        return (directory(named: "HOME") ?? "/var/lib") + "/.local/state/finetuned"
    }

    /// Where the configuration file and the host's own model catalogue are.
    var configurationDirectory: String { directory(named: "CONFIGURATION_DIRECTORY") ?? "/etc/finetuned" }

    /// Where systemd put the credentials, if it did.
    var credentialsDirectory: String? { directory(named: "CREDENTIALS_DIRECTORY") }

    /// What restarts the daemon: the manager of a user's own services listens in that user's runtime directory.
    var restartCommand: String {
        let manager = environment["NOTIFY_SOCKET"] ?? ""
        let isOfUser = directory(named: "XDG_RUNTIME_DIR").map { manager.hasPrefix($0 + "/") } ?? false
        return isOfUser ? "systemctl --user restart finetuned" : "systemctl restart finetuned"
    }

    // systemd joins several directories with colons; the unit names ours first.
    private func directory(named variable: String) -> String? {
        environment[variable]?.split(separator: ":").first.map(String.init)
    }
}
