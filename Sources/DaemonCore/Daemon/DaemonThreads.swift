import LineTransport

/// The daemon's threads for work that blocks or takes long, by what may wait for what.
struct DaemonThreads: Sendable {
    /// For what takes a while but ends: scans of databases, plans, training files, prompts.
    let general = WorkerThreads()
    /// For queries that clients or evaluations want run.
    let queries = WorkerThreads(count: 2)
    /// For golden records' SQL. A thread of its own, because a record may run for seconds.
    let recordRuns = WorkerThreads(count: 1)
    /// For checks of golden records. Whoever adds a record waits for its check.
    let checks = WorkerThreads(count: 1, .prompt)

    /// Ends them after the work that they have.
    func shutdown() async throws {
        for threads in [general, queries, recordRuns, checks] { try await threads.shutdown() }
    }
}
