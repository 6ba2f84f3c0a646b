import DaemonCore
import Logging
import ServiceLifecycle
import Systemd

/// Keeps the line of `systemctl status` that says what the daemon is doing true.
struct StatusService: Service {
    private static let interval = Duration.seconds(5)

    let daemon: Daemon
    let notifier: ServiceNotifier
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var told = ""
            while await pause() {
                let text = await currentText()
                if let text, text != told, tell(text) { told = text }
            }
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

    private func currentText() async -> String? {
        do {
            return try await daemon.statusText()
        } catch {
            logger.warning("no status for the service manager: \(error)")
            return nil
        }
    }

    private func tell(_ text: String) -> Bool {
        do {
            return try notifier.send(.status(text))
        } catch {
            logger.warning("the service manager was not told: \(error)")
            return false
        }
    }
}
