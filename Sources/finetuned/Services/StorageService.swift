import DaemonCore
import Logging
import ServiceLifecycle
import Store

/// Tries a state that could not be written until it can be again, and logs both. Without it the daemon would call itself
/// degraded until somebody's write came.
struct StorageService: Service {
    private static let interval = Duration.seconds(2)

    let daemon: Daemon
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var known = StorageHealth.healthy
            while await pause(for: Self.interval) {
                let health = await daemon.storageHealth()
                if health != known { tell(of: health) }
                known = health
            }
        }
    }

    private func tell(of health: StorageHealth) {
        switch health {
        case .healthy: logger.notice("the state can be written again")
        case .degraded(let reason): logger.error("the state cannot be written: \(reason)")
        }
    }
}
