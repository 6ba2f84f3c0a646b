import DaemonCore
import ServiceLifecycle

/// The work on evaluations. What is under way when the daemon ends is asked again when it is back.
struct EvaluationService: Service {
    let runner: EvaluationRunner

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}

/// The promotions that finetunings ask for beforehand. What is open when the daemon ends goes on when it is back.
struct PromotionService: Service {
    let promoter: AutomaticPromoter

    func run() async throws {
        await cancelWhenGracefulShutdown { await promoter.run() }
    }
}
