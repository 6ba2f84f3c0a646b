import DaemonCore
import Synchronization
import Systemd

/// The line of `systemctl status` that says what the daemon is doing and what somebody should do about it.
final class ServiceStatus: Sendable {
    private struct Told {
        var line = ""
        var reloadTrouble: String?
    }

    private let daemon: Daemon
    private let manager: ServiceManager
    private let restart: String
    private let told = Mutex(Told())

    /// `restart` is the command that restarts the daemon.
    init(daemon: Daemon, manager: ServiceManager, restart: String) {
        self.daemon = daemon
        self.manager = manager
        self.restart = restart
    }

    /// What is wrong with the configuration that was read last; nothing if it is in effect.
    var reloadTrouble: String? {
        get { told.withLock { $0.reloadTrouble } }
        set { told.withLock { $0.reloadTrouble = newValue } }
    }

    /// Tells the service manager how things are, and what else is given, if that is anything new.
    func tell(also notifications: ServiceNotification...) async {
        let line = [reloadTrouble, await state()].compactMap(\.self).joined(separator: "; ")
        let isNews = told.withLock { told in
            defer { told.line = line }
            return told.line != line
        }
        if isNews || !notifications.isEmpty { manager.tell(notifications + [.status(line)]) }
    }

    private func state() async -> String {
        do {
            return try await daemon.statusText(restart: restart)
        } catch {
            return "the jobs cannot be counted: \(error)"
        }
    }
}
