/// How long a watch waits between tries to reach a daemon that went away, and when it gives up.
struct Outage: Equatable, Sendable {
    /// Long enough for a restart that first drains, and for one that systemd delays.
    static let patience = Duration.seconds(60)

    private var waited = Duration.zero
    private var next = Duration.milliseconds(100)

    /// How long to wait before the next try; nothing once patience is at an end.
    mutating func delay() -> Duration? {
        guard waited < Self.patience else { return nil }
        defer { next = min(next * 2, .seconds(2)) }
        waited += next
        return next
    }
}
