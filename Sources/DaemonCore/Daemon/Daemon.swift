import FinetuneAPI
package import Identifiers
package import Jobs
import LineTransport
package import Logging
package import Store

// What is made from what, in this order:
//
//     SharedParts ─▶ FinetuningParts   orders, jobs, their events        Finetunings/, Scheduling/
//                 ─▶ DatabaseParts     connections, tables, records      Connections/, Tables/, Records/
//                 ─▶ AskingParts       models by alias, questions, SQL   ServedModels/, Asking/, Execution/
//                 ─▶ EvaluationParts   evaluations, promotions           Evaluations/, ServedModels/
//
// Each has the endpoints of its routes, which `APIService` answers with. Handlers answer requests, the scheduler and
// the runners work by themselves; all change the state through the store alone, and tell `Announcements` what they
// changed, which tells those who follow it and has the kept replies forgotten.

/// All of the daemon but its socket, its providers' transport and its configuration.
package final class Daemon: Sendable {
    /// Answers requests.
    package let service: APIService
    /// Forgets what was kept long enough.
    package let pruning: Pruning
    private let shared: SharedParts
    private let finetunings: FinetuningParts
    private let databases: DatabaseParts
    private let measuring: EvaluationParts
    private let sealedKeys: SealedKeys
    private let refusedKeys: RefusedKeys

    /// Puts the parts together. `newestID` is the newest id in the store; `connectionCount` tells how many clients are
    /// connected.
    package init(
        settings: DaemonSettings, store: StateStore, secrets: SecretBox, providers: ProviderRegistry,
        catalogue: ModelCatalogue, newestID: ObjectID?, logger: Logger, connectionCount: @escaping @Sendable () -> Int
    ) {
        shared = SharedParts(
            settings: settings, current: ReloadableSettings(settings, catalogue: catalogue), store: store,
            secrets: secrets, providers: providers, ids: ObjectIDGenerator(after: newestID),
            announcements: Announcements(store: store),
            turnedAway: TurnedAwayLog(limits: settings.limits, logger: logger), logger: logger)
        finetunings = FinetuningParts(shared)
        databases = DatabaseParts(shared)
        let asking = AskingParts(shared, databases)
        measuring = EvaluationParts(shared, databases, asking)
        pruning = Pruning(store: store, retention: settings.retention, logger: logger)
        sealedKeys = SealedKeys(store: store, secrets: secrets, logger: logger)
        refusedKeys = RefusedKeys(store: store, secrets: secrets, providers: providers)
        service = APIService(
            shared,
            endpoints: Self.ownEndpoints(shared, refusedKeys, connectionCount) + finetunings.endpoints
                + databases.endpoints(telling: finetunings.scheduler) + asking.endpoints + measuring.endpoints)
        providers.noteKeys(remedies: settings.keyRemedies)
    }

    // Those of the daemon itself, its ledger and its state.
    private static func ownEndpoints(
        _ shared: SharedParts, _ refusedKeys: RefusedKeys, _ connectionCount: @escaping @Sendable () -> Int
    ) -> [Endpoint] {
        [
            DaemonHandlers(
                settings: shared.settings, budget: shared.current.budget, store: shared.store,
                providers: shared.providers, refusedKeys: refusedKeys, started: .steady,
                connectionCount: connectionCount, turnedAway: shared.turnedAway
            ).endpoints,
            LedgerHandlers(store: shared.store).endpoints,
            AdministrationHandlers(store: shared.store, logger: shared.logger).endpoints,
        ].flatMap(\.self)
    }

    /// Works on jobs.
    package var scheduler: JobScheduler { finetunings.scheduler }

    /// Works on evaluations.
    package var evaluations: EvaluationRunner { measuring.runner }

    /// Promotes models by themselves.
    package var promoter: AutomaticPromoter { measuring.promoter }

    /// Runs golden records.
    package var recordRuns: RecordRunning { databases.runs }

    /// What the daemon is doing, and what somebody should do about it, in one line.
    package func statusText() async throws -> String {
        StatusText(
            counts: try await shared.store.finetuningCounts(), providers: shared.providers.conditions,
            storage: shared.store.health,
            unreadableKeys: try await sealedKeys.stillUnreadable(), refusedKeys: try await refusedKeys.connections()
        ).line
    }

    /// Looks whether connections' keys open with the storage key. Those that do not are told to the log, and in
    /// `statusText` as long as there are any.
    package func checkSealedKeys() async throws { try await sealedKeys.check() }

    /// Takes this catalogue, and of these settings those that can change while the daemon runs: who may do what, which
    /// databases may be opened, the default model, and the budget.
    package func reload(_ settings: DaemonSettings, catalogue: ModelCatalogue) {
        shared.current.replace(with: settings, catalogue: catalogue)
        service.replaceAccess(with: settings.access)
        shared.providers.noteKeys(remedies: settings.keyRemedies)
    }

    /// Lets jobs that wait for a key try again.
    package func keysReplaced() async throws {
        try await scheduler.keysReplaced()
    }

    /// Checks golden records again whose tables changed shortly before an earlier daemon died.
    package func finishChecks() async {
        do {
            try await databases.rechecks.goOn()
        } catch StoreError.closed {
            return
        } catch is CancellationError {
            return
        } catch {
            shared.logger.warning("golden records could not be checked again, which waits for the next start: \(error)")
        }
    }

    /// Whether the state can be written. One that could not be is tried once more.
    package func storageHealth() async -> Store.StorageHealth {
        guard shared.store.health != .healthy else { return .healthy }
        do throws(StoreError) {
            try await shared.store.leaveSignOfLife(at: .now)
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
                try await shared.store.leaveSignOfLife(at: .now)
            } catch StoreError.degraded {
                return
            }
        }
    }

    /// Ends all streams with a line that says where to go on. Requests are answered as long as the socket brings them.
    package func endStreams() {
        shared.announcements.stop()
    }

    /// Refuses all further requests. Those under way go on.
    package func refuseFurtherRequests() {
        service.refuseFurtherRequests()
    }

    /// Ends the threads, once nothing uses them any more.
    package func shutdown() async throws {
        try await shared.threads.shutdown()
    }
}

/// A part of the daemon that can be asked for a sign of life. The third one, the socket, is its owner's to ask.
package enum DaemonPart: String, Sendable {
    /// What writes the state.
    case store
    /// What works on jobs.
    case scheduler
}

extension APIService {
    fileprivate convenience init(_ shared: SharedParts, endpoints: [Endpoint]) {
        let (heavy, repeated) = (HeavyWork(), RepeatedRequests(store: shared.store))
        self.init(
            router: Router(endpoints.map { heavy.inTurn($0).once(repeated) }), access: shared.current.access,
            limits: shared.settings.limits, replies: shared.announcements.replies, turnedAway: shared.turnedAway,
            logger: shared.logger)
    }
}
