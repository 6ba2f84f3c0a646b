import FinetuneAPI

/// How long a client waits between tries to reach a daemon that went away, and when it gives up.
package struct Outage: Equatable, Sendable {
    /// Long enough for a restart that first drains, and for one that systemd delays.
    package static let patience = Duration.seconds(60)

    private let patience: Duration
    private var waited = Duration.zero
    private var next = Duration.milliseconds(100)

    /// An outage that is waited for so long.
    package init(patience: Duration = Outage.patience) {
        self.patience = patience
    }

    /// How long to wait before the next try; nothing once patience is at an end.
    package mutating func delay() -> Duration? {
        guard waited < patience else { return nil }
        defer { next = min(next * 2, .seconds(2)) }
        waited += next
        return next
    }

    /// Whether the error is one of a daemon that may be back soon, or that has too much to do just now.
    package static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case ClientError.connectionLost, ClientError.unreachable: true
        case ClientError.refused(_, let refusal): [.shuttingDown, .tooManyRequests].contains(refusal.code)
        default: false
        }
    }
}
