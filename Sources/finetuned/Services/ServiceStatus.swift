import DaemonCore
import Synchronization
import Systemd

/// The line of `systemctl status` that says what the daemon is doing and what somebody should do about it.
final class ServiceStatus: Sendable {
    /// What came of the configuration that was read last.
    enum Reload: Sendable {
        /// It is in effect, but for keys that wait for a restart.
        case taken(afterRestart: [String])
        /// It is not right, and the one before it stays.
        case refused(String)
    }

    private struct Told {
        var line = ""
        var reload = Reload.taken(afterRestart: [])
    }

    private let daemon: Daemon
    private let manager: ServiceManager
    private let told = Mutex(Told())

    init(daemon: Daemon, manager: ServiceManager) {
        self.daemon = daemon
        self.manager = manager
    }

    /// What came of the configuration that was read last.
    var reload: Reload {
        get { told.withLock { $0.reload } }
        set { told.withLock { $0.reload = newValue } }
    }

    /// Tells the service manager how things are, and what else is given, if that is anything new.
    func tell(also notifications: ServiceNotification...) async {
        let reload = reload
        let line = [reload.trouble, await state(), reload.rest].compactMap(\.self).joined(separator: "; ")
        let isNews = told.withLock { told in
            defer { told.line = line }
            return told.line != line
        }
        if isNews || !notifications.isEmpty { manager.tell(notifications + [.status(line)]) }
    }

    private func state() async -> String {
        do { return try await daemon.statusText() } catch { return "the jobs cannot be counted: \(error)" }
    }
}

extension ServiceStatus.Reload {
    fileprivate var trouble: String? {
        switch self {
        case .taken: nil
        case .refused(let reason): "the new configuration is not right, the old one stays: \(reason)"
        }
    }

    fileprivate var rest: String? {
        switch self {
        case .taken(let keys) where !keys.isEmpty: "after a restart: \(keys.joined(separator: ", "))"
        case .taken, .refused: nil
        }
    }
}
