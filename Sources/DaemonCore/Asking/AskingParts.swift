import Store

/// What finds models and asks them.
struct AskingParts: Sendable {
    /// Finds the model that somebody wants to ask.
    let desk: ModelDesk
    /// Lets so many questions be under way.
    let queue: CompletionQueue
    /// Whose key a provider is asked with.
    let accounts: ProviderAccounts
    private let databases: DatabaseParts
    private let shared: SharedParts

    init(_ shared: SharedParts, _ databases: DatabaseParts) {
        self.shared = shared
        self.databases = databases
        desk = ModelDesk(
            store: shared.store, providers: shared.providers, catalogue: shared.current.catalogue,
            models: shared.announcements.models, live: shared.announcements.finetunings)
        queue = CompletionQueue(pacings: shared.settings.pacings)
        accounts = ProviderAccounts(store: shared.store, secrets: shared.secrets)
    }

    /// Those of models by alias, questions, answers, and what answers give on a database.
    var endpoints: [Endpoint] {
        let (store, ids, current) = (shared.store, shared.ids, shared.current)
        return [
            ServedModelHandlers(
                store: store, models: shared.announcements.models, replies: shared.announcements.replies,
                groups: { current.access.now.groups(allowing: $0) }, logger: shared.logger
            ).endpoints,
            PromptHandlers(
                store: store, ids: ids, renderer: PromptRenderer(desk: desk, databases: databases.described)
            ).endpoints,
            GenerationHandlers(
                store: store, ids: ids, desk: desk, generator: generator, providers: shared.providers,
                logger: shared.logger
            ).endpoints,
            ExecutionHandlers(
                store: store, paths: current.paths, workers: shared.threads.queries, limits: shared.settings.queries
            ).endpoints,
        ].flatMap(\.self)
    }

    private var generator: SQLGenerator {
        SQLGenerator(
            databases: databases.described, accounts: accounts, providers: shared.providers, queue: queue,
            rechecks: databases.rechecks, pacings: shared.settings.pacings)
    }
}
