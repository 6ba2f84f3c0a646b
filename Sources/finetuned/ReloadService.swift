import DaemonCore
import Jobs
import Logging
import Providers
import ServiceLifecycle
import Systemd
import UnixSignals

/// Reads the configuration again on SIGHUP. The providers' keys and the model catalogue change at once; all else needs
/// a restart. A configuration that is not right changes nothing.
struct ReloadService: Service {
    let load: @Sendable () throws -> DaemonConfiguration
    let daemon: Daemon
    let providers: [OpenAIProvider]
    let notifier: ServiceNotifier
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            tell(.reloading)
            await reload()
            tell(.ready)
        }
    }

    private func reload() async {
        do {
            let configuration = try load()
            for provider in providers {
                provider.replaceKey(with: configuration.credentials.keys[provider.name.rawValue])
            }
            try await daemon.reload(catalogue: configuration.catalogue)
            logger.notice("configuration read again: keys and model catalogue are in effect, all else after a restart")
        } catch {
            logger.error("the configuration was not read again, all stays as it was: \(error)")
            tell(.status("the new configuration is not right, the old one stays: \(error)"))
        }
    }

    private func tell(_ notification: ServiceNotification) {
        do {
            try notifier.send(notification)
        } catch {
            logger.warning("the service manager was not told: \(error)")
        }
    }
}
