import DaemonCore
import ServiceLifecycle

/// The running of golden records, for as long as the daemon works; before it, what is left to be checked.
struct RecordRunService: Service {
    let daemon: Daemon

    func run() async {
        await cancelWhenGracefulShutdown { await daemon.finishChecks() }
        await daemon.recordRuns.run()
    }
}

/// The end of what was kept long enough.
struct PruningService: Service {
    let pruning: Pruning

    func run() async throws {
        await cancelWhenGracefulShutdown { await pruning.run() }
    }
}
