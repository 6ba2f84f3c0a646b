import CSystemd

/// Tells the service manager how the service is, over the socket that `NOTIFY_SOCKET` names.
package struct ServiceNotifier: Sendable {
    /// Uses the manager that started this process, if one did.
    package init() {}

    /// Sends these in one message, so that the manager acts on all of them at once.
    ///
    /// Returns whether there is a manager to hear it: `false` when the daemon runs by hand.
    @discardableResult
    package func send(_ notifications: ServiceNotification...) throws(SystemdError) -> Bool {
        try send(notifications)
    }

    /// The same, with a list of them.
    @discardableResult
    package func send(_ notifications: [ServiceNotification]) throws(SystemdError) -> Bool {
        let message = notifications.map(\.assignments).joined(separator: "\n")
        return try SystemdError.check(sd_notify(0, message), "sd_notify") > 0
    }
}
