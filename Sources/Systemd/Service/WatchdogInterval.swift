import CSystemd

/// How often the service manager wants a sign of life.
package enum WatchdogInterval {
    /// The longest time between two `ServiceNotification.watchdog`; half of it is a good rhythm. `nil` if the
    /// manager does not watch this process.
    package static func requested() throws(SystemdError) -> Duration? {
        var microseconds: UInt64 = 0
        let isEnabled = try SystemdError.check(sd_watchdog_enabled(0, &microseconds), "sd_watchdog_enabled") > 0
        return isEnabled ? .microseconds(Int64(clamping: microseconds)) : nil
    }
}
