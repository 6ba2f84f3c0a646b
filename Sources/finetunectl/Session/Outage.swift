/// How long a command waits between tries to reach a daemon that went away, and when it gives up.
struct Outage: Equatable, Sendable {
    /// Long enough for a restart that first drains, and for one that systemd delays.
    static let patience = Duration.seconds(60)

    private let patience: Duration
    private var waited = Duration.zero
    private var next = Duration.milliseconds(100)

    /// An outage that is waited for so long.
    init(patience: Duration = Outage.patience) {
        self.patience = patience
    }

    /// How long to wait before the next try; nothing once patience is at an end.
    mutating func delay() -> Duration? {
        guard waited < patience else { return nil }
        defer { next = min(next * 2, .seconds(2)) }
        waited += next
        return next
    }
}
