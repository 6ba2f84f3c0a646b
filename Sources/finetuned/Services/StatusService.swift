import Logging
import ServiceLifecycle

/// Keeps the line of `systemctl status` true.
struct StatusService: Service {
    private static let interval = Duration.seconds(5)

    let status: ServiceStatus
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while await pause() { await tell() }
        }
    }

    private func pause() async -> Bool {
        do {
            try await Task.sleep(for: Self.interval)
            return true
        } catch {
            return false
        }
    }

    private func tell() async {
        do {
            try await status.tell()
        } catch {
            logger.warning("the service manager was not told how things are: \(error)")
        }
    }
}
