import Store

/// What knows the users' databases: their connections, their tables, and the golden records about them.
struct DatabaseParts: Sendable {
    /// The described tables, ready for prompts.
    let described: DescribedDatabases
    /// Runs golden records.
    let runs: RecordRunning
    /// Checks golden records.
    let rechecks: RecordRechecking
    // The thread that `rechecks` works on.
    private let checker: Worker
    private let shared: SharedParts

    init(_ shared: SharedParts) {
        self.shared = shared
        described = DescribedDatabases(store: shared.store, workers: shared.threads.general)
        runs = RecordRunning(
            store: shared.store, paths: shared.current.paths, worker: shared.threads.recordRuns.next(),
            logger: shared.logger)
        checker = shared.threads.checks.next()
        rechecks = RecordRechecking(store: shared.store, runs: runs, worker: checker)
    }

    /// Those of connections, tables and golden records. `scheduler` is told of a connection's new key.
    func endpoints(telling scheduler: JobScheduler) -> [Endpoint] {
        let (store, paths, ids) = (shared.store, shared.current.paths, shared.ids)
        let workers = shared.threads.general
        return [
            ConnectionHandlers(
                store: store, secrets: shared.secrets, paths: paths, workers: workers, ids: ids, rechecks: rechecks,
                scheduler: scheduler, databases: described
            ).endpoints,
            TableHandlers(
                store: store, paths: paths, workers: workers, ids: ids, rechecks: rechecks, databases: described
            ).endpoints,
            RecordHandlers(
                store: store, ids: ids, rechecks: rechecks, runs: runs, checker: checker, logger: shared.logger
            ).endpoints,
        ].flatMap(\.self)
    }
}
