/// What somebody does to give the daemon another key, or the first one, for a provider.
struct KeyRemedy: Sendable, Hashable, CustomStringConvertible {
    /// Where a key came from, which is where another one has to go.
    enum Origin: Sendable, Hashable {
        /// A credential, which systemd reads when it starts the daemon, or at a reload if it is a late version told to.
        case credential
        /// A file that the daemon reads itself, at a reload too: also one of a credentials directory that systemd did not
        /// make.
        case file(path: String)
        /// A variable of the environment.
        case environment
    }

    /// `replace credential openai_api_key, then: systemctl restart finetuned`.
    let description: String

    /// For the key `name` (`openai_api_key`), which came from there.
    init(_ name: String, from origin: Origin?, _ surroundings: Surroundings) {
        let (reload, restart) = (surroundings.reloadCommand, surroundings.restartCommand)
        description =
            switch origin {
            case .credential?: "replace credential \(name), then: \(restart)"
            case .file(let path)?: "replace \(path), then: \(reload)"
            case .environment?: "replace \(name.environmentForm), then: \(restart)"
            case nil: Self.firstKey(name, surroundings)
            }
    }

    private static func firstKey(_ name: String, _ surroundings: Surroundings) -> String {
        let (reload, restart) = (surroundings.reloadCommand, surroundings.restartCommand)
        switch (surroundings.supervisor, surroundings.reloadedKeyDirectory) {
        case (.system, _): return "put it into credential \(name), then: \(restart)"
        // A credential takes a drop-in in user mode.
        case (.user, let directory?), (.nobody, let directory?):
            return "put it into \(directory)/\(name), then: \(reload)"
        // Nobody changes the environment of a process that runs.
        case (.user, nil), (.nobody, nil): return "set \(name.environmentForm), then: \(restart)"
        }
    }
}

extension Surroundings {
    /// Who started this process and looks after it.
    enum Supervisor: Hashable, Sendable {
        /// The system's own service manager.
        case system
        /// A user's.
        case user
        /// A person at a shell, or some other program.
        case nobody
    }

    /// What one types, or does, to have the daemon read its configuration and its key files again.
    var reloadCommand: String {
        switch supervisor {
        case .system: "systemctl reload finetuned"
        case .user: "systemctl --user reload finetuned"
        // The first process of a container: who reads this is likely outside, where that number is another's.
        case .nobody where processID == 1: "send SIGHUP to the daemon"
        case .nobody: "kill -HUP \(processID)"
        }
    }

    /// What one types, or does, to have the daemon started anew.
    var restartCommand: String {
        switch supervisor {
        case .system: "systemctl restart finetuned"
        case .user: "systemctl --user restart finetuned"
        case .nobody: "restart the daemon"
        }
    }

    /// Who looks after this process.
    var supervisor: Supervisor {
        guard let manager = environment["NOTIFY_SOCKET"] else { return .nobody }
        // The manager of a user's own services listens in that user's runtime directory.
        let isOfUser = environment["XDG_RUNTIME_DIR"].map { manager.hasPrefix($0 + "/") } ?? false
        return isOfUser ? .user : .system
    }
}
