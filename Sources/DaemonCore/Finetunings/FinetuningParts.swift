import Store

/// What orders finetunings, works on their jobs and tells of them.
struct FinetuningParts: Sendable {
    /// Works on jobs.
    let scheduler: JobScheduler
    private let files: TrainingFiles
    private let shown = ShownPlans()
    private let shared: SharedParts

    init(_ shared: SharedParts) {
        self.shared = shared
        files = TrainingFiles(stateDirectory: shared.settings.stateDirectory)
        scheduler = JobScheduler(
            work: JobWork(
                store: shared.store, secrets: shared.secrets, providers: shared.providers,
                live: shared.announcements.finetunings, workers: shared.threads.general, files: files,
                pacings: shared.settings.pacings, logger: shared.logger))
    }

    /// Those of finetunings and their events.
    var endpoints: [Endpoint] {
        let (store, current, workers) = (shared.store, shared.current, shared.threads.general)
        let (live, models) = (shared.announcements.finetunings, shared.announcements.models)
        return [
            FinetuningHandlers(
                store: store,
                desk: OrderDesk(
                    providers: shared.providers, catalogue: current.catalogue, defaultModel: current.defaultModel),
                planner: OrderPlanner(
                    store: store, aliases: AliasTerms(store: store, models: models, catalogue: current.catalogue),
                    workers: workers),
                shown: shown, budget: current.budget, workers: workers, ids: shared.ids, live: live,
                replies: shared.announcements.replies, scheduler: scheduler, files: files, logger: shared.logger
            ).endpoints,
            EventHandlers(store: store, live: live).endpoints,
        ].flatMap(\.self)
    }
}
