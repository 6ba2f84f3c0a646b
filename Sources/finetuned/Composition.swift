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

/// The daemon, put together from its parts.
///
/// Things start in this order: state, providers, scheduler, socket. They end the other way round, so that no request
/// is answered by half a daemon, and no job's progress comes after its store was closed. Whether another process serves
/// the socket is looked at before: then there is nothing to make a state for.
struct Composition {
    private let configuration: DaemonConfiguration
    private let log: DaemonLog
    private let manager: ServiceManager
    private let socket: DaemonSocket
    private let store: StateStore
    private let providers: [ConnectedProvider]
    private let connections = ConnectionCount()
    private let daemon: Daemon

    /// Opens the state and makes all that works on it. Throws `StartFailure`.
    init(_ configuration: DaemonConfiguration, log: DaemonLog) async throws {
        self.configuration = configuration
        self.log = log
        let manager = ServiceManager(logger: log.logger)
        self.manager = manager
        let isTest = try Self.armFailPoint()
        socket = try StartFailure.explaining { try DaemonSocket(configuration) }
        store = try await StartFailure.explaining { () async throws(StoreError) in
            try await StartPatience(manager: manager, logger: log.logger).open(directory: configuration.stateDirectory)
        }
        let secrets = try await StartFailure.explaining { () async throws(SecretBoxError) in
            try await Self.secretBox(configuration)
        }
        providers = try configuration.providers.names.map { try ConnectedProvider($0, configuration) }
        daemon = Daemon(
            settings: try DaemonSettings(configuration), store: store, secrets: secrets,
            providers: ProviderRegistry(
                isTest ? providers.map { FailPointProvider($0.provider) } : providers.map(\.provider)),
            catalogue: configuration.catalogue, newestID: try await store.newestID(), logger: log.logger,
            connectionCount: { [connections] in connections.now })
        try await daemon.checkSealedKeys()
    }

    /// Runs until the daemon is told to stop, by SIGTERM or SIGINT. `reload` reads the configuration anew, which
    /// SIGHUP asks for. Throws `StartFailure`.
    func run(reload: @escaping @Sendable () throws -> DaemonConfiguration) async throws {
        let group = ServiceGroup(
            services: try services(reload: reload), gracefulShutdownSignals: [.sigterm, .sigint], logger: log.logger)
        try await StartFailure.explaining { try await group.run() }
        for provider in providers { await provider.shutdown() }
        try await daemon.shutdown()
        try await store.close()
        log.logger.log(.daemonStopped, level: .info, "stopped")
    }

    // They end in the reverse order: the watchdog first, which would miss the socket, and the scheduler last.
    private func services(reload: @escaping @Sendable () throws -> DaemonConfiguration) throws -> [any Service] {
        let status = ServiceStatus(daemon: daemon, manager: manager)
        try socket.prepare()
        let watchdog = try WatchdogInterval.requested().map {
            WatchdogService(interval: $0, socket: socket, daemon: daemon, manager: manager, logger: log.logger)
        }
        return [
            SchedulerService(scheduler: daemon.scheduler), EvaluationService(runner: daemon.evaluations),
            PromotionService(promoter: daemon.promoter), RecordRunService(daemon: daemon),
            PruningService(pruning: daemon.pruning),
            ReloadService(
                from: configuration, load: reload, daemon: daemon, providers: providers.map(\.provider),
                manager: manager, status: status, log: log),
            StatusService(status: status), StorageService(daemon: daemon, logger: log.logger),
            SocketService(
                socket: socket, limits: LineLimits(configuration.limits), daemon: daemon, connections: connections,
                manager: manager, status: status, logger: log.logger),
            StateCheckService(store: store),
        ] + [watchdog].compactMap(\.self)
    }
}

extension Composition {
    // Whether the environment names one.
    private static func armFailPoint() throws -> Bool {
        guard let name = ProcessInfo.processInfo.environment[FailPoint.variable] else { return false }
        guard let point = FailPoint(name) else {
            throw StartFailure(
                message: "\(FailPoint.variable) names no fail point",
                remedy: "One of: \(FailPoint.names.joined(separator: " "))", kind: .configuration)
        }
        FailPoint.arm(point)
        return true
    }

    private static func secretBox(_ configuration: DaemonConfiguration) async throws(SecretBoxError) -> SecretBox {
        if let key = configuration.credentials.storageKey { return try SecretBox(key: key.bytes) }
        return try await SecretBox.open(directory: configuration.stateDirectory)
    }
}
