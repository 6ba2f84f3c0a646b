import DaemonCore
import Jobs
import Logging
import Providers
import ServiceLifecycle
import Synchronization
import Systemd
import UnixSignals

/// Reads the configuration, the credentials and the model catalogue again on SIGHUP. What can change while the daemon
/// runs changes at once, all else is named and waits for a restart. A configuration that is not right changes nothing.
final class ReloadService: Service {
    private let load: @Sendable () throws -> DaemonConfiguration
    private let daemon: Daemon
    private let providers: [OpenAIProvider]
    private let manager: ServiceManager
    private let status: ServiceStatus
    private let log: DaemonLog
    private let started: DaemonConfiguration
    private let current: Mutex<DaemonConfiguration>

    /// `load` reads everything anew.
    init(
        from configuration: DaemonConfiguration, load: @escaping @Sendable () throws -> DaemonConfiguration,
        daemon: Daemon, providers: [OpenAIProvider], manager: ServiceManager, status: ServiceStatus, log: DaemonLog
    ) {
        started = configuration
        current = Mutex(configuration)
        self.load = load
        self.daemon = daemon
        self.providers = providers
        self.manager = manager
        self.status = status
        self.log = log
    }

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            manager.tell(.reloading, .status("reading the configuration again"))
            await reload()
            await status.tell(also: .ready)
        }
    }

    private func reload() async {
        do {
            status.reload = .taken(afterRestart: try await take(try load()).afterRestart)
        } catch {
            log.logger.log(
                .configurationRefused, level: .error, "the new configuration is not right, the old one stays: \(error)")
            status.reload = .refused("\(error)")
        }
    }

    private func take(_ configuration: DaemonConfiguration) async throws -> ConfigurationChange {
        // All that can be wrong is found before anything is changed.
        let settings = try DaemonSettings(configuration)
        let change = current.withLock { current in
            defer { current = configuration }
            return ConfigurationChange(from: current, to: configuration, since: started)
        }
        log.level.replace(with: configuration.logLevel)
        // One that is taken out of the configuration stays until a restart, and so does its key.
        for provider in providers where configuration.providers.names.contains(provider.name.rawValue) {
            provider.replaceKey(with: configuration.credentials.keys[provider.name.rawValue])
        }
        daemon.reload(settings, catalogue: configuration.catalogue)
        log.logger.log(
            .configurationReloaded, level: .notice, "configuration read again; \(change.sentence)",
            also: [
                "in_effect": "\(change.inEffect.joined(separator: " "))",
                "after_restart": "\(change.afterRestart.joined(separator: " "))",
            ])
        do {
            try await daemon.keysReplaced()
        } catch {
            log.logger.error("jobs that wait for a key could not be told that there may be a new one: \(error)")
        }
        return change
    }
}
