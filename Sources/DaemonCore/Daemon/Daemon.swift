import FinetuneAPI
package import Identifiers
package import Jobs
package import Logging
package import Store

// What holds what:
//
//     APIService ─▶ handlers ─▶ StateStore ◀─ JobWork ◀─ JobScheduler
//                       │                        │            ▲
//                       └── LiveFinetunings ◀────┘            │
//                       └───────────── wake, request ─────────┘
//
// Handlers answer requests, the scheduler works on jobs; both change the state through the store alone, and both
// tell LiveFinetunings what they changed, which tells the followers of events and has the kept replies forgotten.

/// All of the daemon but its socket, its providers' transport and its configuration.
package final class Daemon: Sendable {
    /// Answers requests.
    package let service: APIService
    /// Works on jobs.
    package let scheduler: JobScheduler
    private let store: StateStore
    private let providers: ProviderRegistry
    private let workers: [WorkerThreads]
    private let live: LiveFinetunings
    private let models: ServedModels
    private let catalogue: CurrentCatalogue

    /// Puts the parts together. `newestID` is the newest id in the store; `connectionCount` tells how many clients are
    /// connected.
    package init(
        settings: DaemonSettings, store: StateStore, secrets: SecretBox, providers: ProviderRegistry,
        catalogue: ModelCatalogue, newestID: ObjectID?, logger: Logger, connectionCount: @escaping @Sendable () -> Int
    ) {
        let workers = WorkerThreads()
        let queryWorkers = WorkerThreads()
        let replies = RenderedReplies()
        let live = LiveFinetunings(replies: replies)
        let files = TrainingFiles(stateDirectory: settings.stateDirectory)
        let work = JobWork(
            store: store, secrets: secrets, providers: providers, live: live, workers: workers, files: files,
            pacings: settings.pacings, logger: logger)
        scheduler = JobScheduler(work: work)
        self.store = store
        self.providers = providers
        self.workers = [workers, queryWorkers]
        self.live = live
        let models = ServedModels(store: store, replies: replies)
        self.models = models
        let catalogue = CurrentCatalogue(catalogue)
        self.catalogue = catalogue

        let ids = ObjectIDGenerator(after: newestID)
        let paths = DatabasePathPolicy(
            allowed: settings.allowedDatabasePaths, stateDirectory: settings.stateDirectory)
        let databases = DescribedDatabases(store: store, workers: workers)
        let rechecks = RecordRechecking(store: store, worker: workers.next())
        let desk = OrderDesk(providers: providers, catalogue: catalogue, defaultModel: settings.defaultModel)
        let modelDesk = ModelDesk(
            store: store, providers: providers, catalogue: catalogue, models: models, live: live)
        let generator = SQLGenerator(
            store: store, databases: databases, accounts: ProviderAccounts(secrets: secrets), providers: providers,
            queue: CompletionQueue(limits: settings.completions), rechecks: rechecks, pacings: settings.pacings)
        let endpoints = [
            DaemonHandlers(
                settings: settings, store: store, providers: providers, started: .steady,
                connectionCount: connectionCount
            ).endpoints,
            LedgerHandlers(store: store).endpoints,
            AdministrationHandlers(store: store, logger: logger).endpoints,
            ConnectionHandlers(
                store: store, secrets: secrets, paths: paths, workers: workers, ids: ids, rechecks: rechecks,
                scheduler: scheduler, databases: databases
            ).endpoints,
            TableHandlers(
                store: store, paths: paths, workers: workers, ids: ids, rechecks: rechecks, databases: databases
            ).endpoints,
            RecordHandlers(store: store, ids: ids, rechecks: rechecks).endpoints,
            FinetuningHandlers(
                store: store, desk: desk, workers: workers, ids: ids, live: live, replies: replies,
                scheduler: scheduler, files: files, logger: logger
            ).endpoints,
            EventHandlers(store: store, live: live).endpoints,
            ServedModelHandlers(store: store, models: models, replies: replies, logger: logger).endpoints,
            PromptHandlers(
                store: store, ids: ids, renderer: PromptRenderer(desk: modelDesk, databases: databases)
            ).endpoints,
            GenerationHandlers(
                store: store, ids: ids, desk: modelDesk, generator: generator, providers: providers, logger: logger
            ).endpoints,
            ExecutionHandlers(
                store: store, paths: paths, workers: queryWorkers, limits: settings.queries
            ).endpoints,
        ]
        let repeated = RepeatedRequests(store: store)
        service = APIService(
            router: Router(endpoints.flatMap(\.self).map { $0.once(repeated) }), access: settings.access,
            limits: settings.limits, replies: replies, logger: logger)
    }

    /// What the daemon is doing, and what somebody should do about it, in one line.
    package func statusText() async throws -> String {
        StatusText(
            counts: try await store.finetuningCounts(), providers: providers.wireHealth,
            storage: store.health
        ).line
    }

    /// Takes this catalogue for orders from now on, and lets jobs that wait for a key try again.
    package func reload(catalogue: ModelCatalogue) async throws {
        self.catalogue.replace(with: catalogue)
        try await scheduler.keysReplaced()
    }

    /// Refuses new requests and ends all streams with a line that says where to go on. Requests under way go on.
    package func stopServing() {
        service.stopAccepting()
        live.stop()
        models.stop()
    }

    /// Ends the threads, once nothing uses them any more.
    package func shutdown() async throws {
        for workers in workers { try await workers.shutdown() }
    }
}
