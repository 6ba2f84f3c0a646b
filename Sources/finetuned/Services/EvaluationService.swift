import DaemonCore
import ServiceLifecycle

/// The work on evaluations. What is under way when the daemon ends is asked again when it is back.
struct EvaluationService: Service {
    let runner: EvaluationRunner

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}
