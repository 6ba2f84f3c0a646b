import Logging
import Synchronization

/// The level from which on messages are logged, which a reload may change for all loggers at once.
final class LogLevel: Sendable {
    private let level: Mutex<Logger.Level>

    init(_ level: Logger.Level) {
        self.level = Mutex(level)
    }

    /// The level as it is now.
    var now: Logger.Level { level.withLock { $0 } }

    func replace(with level: Logger.Level) {
        self.level.withLock { $0 = level }
    }
}

/// Logs what its handler logs, from the shared level on.
struct SharedLevelLogHandler: LogHandler {
    private let shared: LogLevel
    private var handler: any LogHandler
    /// A logger that was given a level of its own keeps it.
    private var own: Logger.Level?

    init(_ handler: any LogHandler, level: LogLevel) {
        self.handler = handler
        shared = level
    }

    var logLevel: Logger.Level {
        get { own ?? shared.now }
        set { own = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        handler.log(event: event)
    }
}
