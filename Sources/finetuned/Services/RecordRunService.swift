import DaemonCore
import ServiceLifecycle

/// The running of golden records, for as long as the daemon works.
struct RecordRunService: Service {
    let runs: RecordRunning

    func run() async {
        await runs.run()
    }
}

/// The end of what was kept long enough.
struct PruningService: Service {
    let pruning: Pruning

    func run() async throws {
        await cancelWhenGracefulShutdown { await pruning.run() }
    }
}
