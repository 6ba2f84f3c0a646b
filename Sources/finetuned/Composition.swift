#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import DaemonCore
import FoundationEssentials
import Jobs
import LineTransport
import Logging
import Providers
import ServiceLifecycle
import Store
import Systemd
import UnixSignals

/// Puts the daemon together from its parts and runs it.
///
/// Things start in this order: state, providers, scheduler, socket. They end the other way round, so that no request
/// is answered by half a daemon, and no job's progress comes after its store was closed.
enum Composition {
    /// Runs until the daemon is told to stop, by SIGTERM or SIGINT. `reload` reads the configuration anew, which
    /// SIGHUP asks for. Throws `StartFailure`.
    static func run(
        _ configuration: DaemonConfiguration, log: DaemonLog,
        reload: @escaping @Sendable () throws -> DaemonConfiguration
    ) async throws {
        let logger = log.logger
        let notifier = ServiceNotifier()
        let store = try await StartFailure.explaining { () async throws(StoreError) in
            try await StartPatience(notifier: notifier, logger: logger).open(directory: configuration.stateDirectory)
        }
        let secrets = try await StartFailure.explaining { () async throws(SecretBoxError) in
            try await secretBox(configuration)
        }
        let providers = try configuration.providers.names.map { try ConnectedProvider($0, configuration) }
        let connections = ConnectionCount()
        let daemon = Daemon(
            settings: try DaemonSettings(configuration), store: store, secrets: secrets,
            providers: ProviderRegistry(try withFailPoints(providers.map(\.provider))),
            catalogue: configuration.catalogue,
            newestID: try await store.newestID(), logger: logger,
            connectionCount: { connections.now })
        try await serve(
            try services(
                for: daemon, configuration, connections: connections, notifier: notifier, log: log
            ) { status in
                ReloadService(
                    from: configuration, load: reload, daemon: daemon, providers: providers.map(\.provider),
                    notifier: notifier, status: status, log: log)
            }, logger: logger)
        for provider in providers { await provider.shutdown() }
        try await daemon.shutdown()
        try await store.close()
        logger.log(.daemonStopped, level: .info, "stopped")
    }

    // They end in the reverse order: the watchdog first, which would miss the socket, and the scheduler last.
    private static func services(
        for daemon: Daemon, _ configuration: DaemonConfiguration, connections: ConnectionCount,
        notifier: ServiceNotifier, log: DaemonLog, reloading: (ServiceStatus) -> ReloadService
    ) throws -> [any Service] {
        let status = ServiceStatus(daemon: daemon, notifier: notifier)
        let socket = try DaemonSocket(configuration)
        let watchdog = try WatchdogInterval.requested().map {
            WatchdogService(interval: $0, socket: socket, daemon: daemon, notifier: notifier, logger: log.logger)
        }
        return [
            SchedulerService(scheduler: daemon.scheduler), EvaluationService(runner: daemon.evaluations),
            PromotionService(promoter: daemon.promoter), RecordRunService(runs: daemon.recordRuns),
            PruningService(pruning: daemon.pruning), reloading(status),
            StatusService(status: status, logger: log.logger),
            SocketService(
                socket: socket, limits: LineLimits(configuration.limits), daemon: daemon, connections: connections,
                notifier: notifier, status: status, logger: log.logger),
        ] + [watchdog].compactMap(\.self)
    }

    private static func serve(_ services: [any Service], logger: Logger) async throws {
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        do {
            try await group.run()
        } catch let error as ListenerError {
            throw StartFailure(error)
        }
    }

    private static func withFailPoints(_ providers: [OpenAIProvider]) throws -> [any FinetuningProvider] {
        guard let name = ProcessInfo.processInfo.environment[FailPoint.variable] else { return providers }
        guard let point = FailPoint(name) else {
            throw StartFailure(
                message: "\(FailPoint.variable) names no fail point",
                remedy: "One of: \(FailPoint.names.joined(separator: " "))", exitCode: EX_CONFIG)
        }
        FailPoint.arm(point)
        return providers.map { FailPointProvider($0) }
    }

    private static func secretBox(_ configuration: DaemonConfiguration) async throws(SecretBoxError) -> SecretBox {
        if let key = configuration.credentials.storageKey { return try SecretBox(key: key.bytes) }
        return try await SecretBox.open(directory: configuration.stateDirectory)
    }
}
