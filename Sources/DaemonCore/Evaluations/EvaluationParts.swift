import Store

/// What measures models, and promotes them where they are good enough.
struct EvaluationParts: Sendable {
    /// Works on evaluations.
    let runner: EvaluationRunner
    /// Promotes models by themselves.
    let promoter: AutomaticPromoter
    private let desk: EvaluationDesk
    private let shared: SharedParts

    init(_ shared: SharedParts, _ databases: DatabaseParts, _ asking: AskingParts) {
        self.shared = shared
        let (announcements, pacings) = (shared.announcements, shared.settings.pacings)
        runner = EvaluationRunner(
            EvaluationRunner.Parts(
                store: shared.store, desk: asking.desk, databases: databases.described, queue: asking.queue,
                providers: shared.providers, accounts: asking.accounts, paths: shared.current.paths,
                workers: shared.threads.queries, limits: shared.settings.queries, live: announcements.evaluations,
                pacings: pacings, logger: shared.logger))
        desk = EvaluationDesk(
            store: shared.store, desk: asking.desk, models: announcements.models, databases: databases.described,
            catalogue: shared.current.catalogue, budget: shared.current.budget, workers: shared.threads.general)
        promoter = AutomaticPromoter(
            AutomaticPromoter.Parts(
                store: shared.store, desk: desk, runner: runner, ids: shared.ids, live: announcements.finetunings,
                evaluations: announcements.evaluations, models: announcements.models, pacings: pacings,
                logger: shared.logger))
    }

    /// Those of evaluations.
    var endpoints: [Endpoint] {
        EvaluationHandlers(
            store: shared.store, desk: desk, runner: runner, live: shared.announcements.evaluations, ids: shared.ids,
            previews: ResultPreviews(
                store: shared.store, paths: shared.current.paths, workers: shared.threads.queries,
                limits: shared.settings.queries),
            logger: shared.logger
        ).endpoints
    }
}
