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
    var processID = getpid()

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

    /// Where systemd put the credentials, or whoever started the daemon.
    var credentialsDirectory: String? { directory(named: "CREDENTIALS_DIRECTORY") }

    /// Where the daemon reads keys itself, at a reload too: under systemd, which keeps the directory from being written to.
    var keyDirectory: String? { directory(named: "CONFIGURATION_DIRECTORY").map { $0 + "/credentials" } }

    /// Where a file with a key is read at a reload, if there is such a place. A credentials directory of systemd's own is
    /// none: it is filled when the daemon is started.
    var reloadedKeyDirectory: String? {
        keyDirectory ?? (supervisor == .nobody ? credentialsDirectory : nil)
    }

    // systemd joins several directories with colons; the unit names ours first.
    private func directory(named variable: String) -> String? {
        environment[variable]?.split(separator: ":").first.map(String.init)
    }
}
