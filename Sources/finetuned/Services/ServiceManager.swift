import Logging
import Systemd

/// The service manager, which is told how the daemon is. Whether it hears that changes nothing else: the daemon serves
/// its clients also while the manager is being replaced.
struct ServiceManager: Sendable {
    private let notifier = ServiceNotifier()
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Tells these at once.
    func tell(_ notifications: ServiceNotification...) {
        tell(notifications)
    }

    /// The same, with a list of them.
    func tell(_ notifications: [ServiceNotification]) {
        do {
            try notifier.send(notifications)
        } catch {
            logger.warning("the service manager was not told: \(error)")
        }
    }
}
