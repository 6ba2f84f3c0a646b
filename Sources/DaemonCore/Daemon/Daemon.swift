import FinetuneAPI
package import Identifiers
package import Jobs
import LineTransport
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
    /// Works on evaluations.
    package let evaluations: EvaluationRunner
    /// Promotes models by themselves.
    package let promoter: AutomaticPromoter
    /// Forgets what was kept long enough.
    package let pruning: Pruning
    /// Runs golden records.
    package let recordRuns: RecordRunning
    private let rechecks: RecordRechecking
    private let logger: Logger
    private let store: StateStore
    private let providers: ProviderRegistry
    private let workers: [WorkerThreads]
    private let live: LiveFinetunings
    private let sealedKeys: SealedKeys
    private let models: ServedModels
    private let liveEvaluations: LiveEvaluations
    private let catalogue: Current<ModelCatalogue>
    private let defaultModel: Current<String>
    private let budget: Current<Budget>
    private let paths: Current<DatabasePathPolicy>

    /// Puts the parts together. `newestID` is the newest id in the store; `connectionCount` tells how many clients are
    /// connected.
    package init(
        settings: DaemonSettings, store: StateStore, secrets: SecretBox, providers: ProviderRegistry,
        catalogue: ModelCatalogue, newestID: ObjectID?, logger: Logger, connectionCount: @escaping @Sendable () -> Int
    ) {
        let workers = WorkerThreads()
        let queryWorkers = WorkerThreads(count: 2)
        // A thread of its own, because a record may run for seconds.
        let recordWorker = WorkerThreads(count: 1)
        // Whoever adds a record waits for its check.
        let checkers = WorkerThreads(count: 1, .prompt)
        let replies = RenderedReplies()
        let live = LiveFinetunings(replies: replies)
        let files = TrainingFiles(stateDirectory: settings.stateDirectory)
        let work = JobWork(
            store: store, secrets: secrets, providers: providers, live: live, workers: workers, files: files,
            pacings: settings.pacings, logger: logger)
        scheduler = JobScheduler(work: work)
        sealedKeys = SealedKeys(store: store, secrets: secrets, logger: logger)
        providers.noteKeys(remedies: settings.keyRemedies)
        self.store = store
        self.providers = providers
        self.workers = [workers, queryWorkers, recordWorker, checkers]
        self.live = live
        let models = ServedModels(store: store, replies: replies)
        self.models = models
        let catalogue = Current(catalogue)
        self.catalogue = catalogue
        let defaultModel = Current(settings.defaultModel)
        self.defaultModel = defaultModel
        let budget = Current(settings.budget)
        self.budget = budget
        let paths = Current(DatabasePathPolicy(settings))
        self.paths = paths

        pruning = Pruning(store: store, retention: settings.retention, logger: logger)
        let ids = ObjectIDGenerator(after: newestID)
        recordRuns = RecordRunning(store: store, paths: paths, worker: recordWorker.next(), logger: logger)
        let databases = DescribedDatabases(store: store, workers: workers)
        let checker = checkers.next()
        let rechecks = RecordRechecking(store: store, runs: recordRuns, worker: checker)
        self.rechecks = rechecks
        self.logger = logger
        let desk = OrderDesk(providers: providers, catalogue: catalogue, defaultModel: defaultModel)
        let modelDesk = ModelDesk(
            store: store, providers: providers, catalogue: catalogue, models: models, live: live)
        let accounts = ProviderAccounts(store: store, secrets: secrets)
        let queue = CompletionQueue(pacings: settings.pacings)
        let generator = SQLGenerator(
            databases: databases, accounts: accounts, providers: providers, queue: queue, rechecks: rechecks,
            pacings: settings.pacings)
        let liveEvaluations = LiveEvaluations()
        self.liveEvaluations = liveEvaluations
        evaluations = EvaluationRunner(
            EvaluationRunner.Parts(
                store: store, desk: modelDesk, databases: databases, queue: queue, providers: providers,
                accounts: accounts, paths: paths, workers: queryWorkers, limits: settings.queries,
                live: liveEvaluations,
                pacings: settings.pacings, logger: logger))
        let evaluationDesk = EvaluationDesk(
            store: store, desk: modelDesk, models: models, databases: databases, catalogue: catalogue,
            budget: budget)
        promoter = AutomaticPromoter(
            AutomaticPromoter.Parts(
                store: store, desk: evaluationDesk, runner: evaluations, ids: ids, live: live,
                evaluations: liveEvaluations, models: models, pacings: settings.pacings, logger: logger))
        let access = Current(settings.access)
        let endpoints = [
            DaemonHandlers(
                settings: settings, budget: budget, store: store, providers: providers, started: .steady,
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
            RecordHandlers(store: store, ids: ids, rechecks: rechecks, runs: recordRuns, checker: checker, logger: logger).endpoints,
            FinetuningHandlers(
                store: store, desk: desk, planner: OrderPlanner(store: store, workers: workers),
                budget: budget, workers: workers, ids: ids, live: live, replies: replies,
                scheduler: scheduler, files: files, logger: logger
            ).endpoints,
            EventHandlers(store: store, live: live).endpoints,
            ServedModelHandlers(
                store: store, models: models, replies: replies, groups: { access.now.groups(allowing: $0) },
                logger: logger
            ).endpoints,
            PromptHandlers(
                store: store, ids: ids, renderer: PromptRenderer(desk: modelDesk, databases: databases)
            ).endpoints,
            GenerationHandlers(
                store: store, ids: ids, desk: modelDesk, generator: generator, providers: providers, logger: logger
            ).endpoints,
            ExecutionHandlers(
                store: store, paths: paths, workers: queryWorkers, limits: settings.queries
            ).endpoints,
            EvaluationHandlers(
                store: store, desk: evaluationDesk, runner: evaluations, live: liveEvaluations, ids: ids,
                previews: ResultPreviews(
                    store: store, paths: paths, workers: queryWorkers, limits: settings.queries),
                logger: logger
            ).endpoints,
        ]
        let repeated = RepeatedRequests(store: store)
        service = APIService(
            router: Router(endpoints.flatMap(\.self).map { $0.once(repeated) }), access: access,
            limits: settings.limits, replies: replies, logger: logger)
    }

    /// What the daemon is doing, and what somebody should do about it, in one line.
    package func statusText() async throws -> String {
        StatusText(
            counts: try await store.finetuningCounts(), providers: providers.conditions, storage: store.health,
            unreadableKeys: try await sealedKeys.stillUnreadable()
        ).line
    }

    /// Looks whether connections' keys open with the storage key. Those that do not are told to the log, and in
    /// `statusText` as long as there are any.
    package func checkSealedKeys() async throws { try await sealedKeys.check() }

    /// Takes this catalogue, and of these settings those that can change while the daemon runs: who may do what, which
    /// databases may be opened, the default model, and the budget.
    package func reload(_ settings: DaemonSettings, catalogue: ModelCatalogue) {
        self.catalogue.replace(with: catalogue)
        defaultModel.replace(with: settings.defaultModel)
        budget.replace(with: settings.budget)
        paths.replace(with: DatabasePathPolicy(settings))
        service.replaceAccess(with: settings.access)
        providers.noteKeys(remedies: settings.keyRemedies)
    }

    /// Lets jobs that wait for a key try again.
    package func keysReplaced() async throws {
        try await scheduler.keysReplaced()
    }

    /// Checks golden records again whose tables changed shortly before an earlier daemon died.
    package func finishChecks() async {
        do {
            try await rechecks.goOn()
        } catch StoreError.closed {
            return
        } catch is CancellationError {
            return
        } catch {
            logger.warning("golden records could not be checked again, which waits for the next start: \(error)")
        }
    }

    /// Whether the state can be written. One that could not be is tried once more.
    package func storageHealth() async -> Store.StorageHealth {
        guard store.health != .healthy else { return .healthy }
        do throws(StoreError) {
            try await store.leaveSignOfLife(at: .now)
            return .healthy
        } catch .degraded(let reason) {
            return .degraded(reason: reason)
        } catch {
            return .degraded(reason: error.description)
        }
    }

    /// Returns once the store has written something and the scheduler has looked for work; not, if one is stuck.
    ///
    /// A disk that refuses the write is no reason to think the store stuck: it answered, and says so in its health.
    package func signOfLife(of part: DaemonPart) async throws {
        switch part {
        case .scheduler: await scheduler.turn()
        case .store:
            do {
                try await store.leaveSignOfLife(at: .now)
            } catch StoreError.degraded {
                return
            }
        }
    }

    /// Ends all streams with a line that says where to go on. Requests are answered as long as the socket brings them.
    package func endStreams() {
        live.stop()
        models.stop()
        liveEvaluations.stop()
    }

    /// Refuses all further requests. Those under way go on.
    package func refuseFurtherRequests() {
        service.refuseFurtherRequests()
    }

    /// Ends the threads, once nothing uses them any more.
    package func shutdown() async throws {
        for workers in workers { try await workers.shutdown() }
    }
}

/// A part of the daemon that can be asked for a sign of life. The third one, the socket, is its owner's to ask.
package enum DaemonPart: String, Sendable {
    /// What writes the state.
    case store
    /// What works on jobs.
    case scheduler
}

extension DatabasePathPolicy {
    fileprivate init(_ settings: DaemonSettings) {
        self.init(allowed: settings.allowedDatabasePaths, stateDirectory: settings.stateDirectory)
    }
}
