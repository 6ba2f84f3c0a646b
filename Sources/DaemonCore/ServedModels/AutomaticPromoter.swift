import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import Logging
import Store

/// Takes the models of finetunings that name an alias to it: orders the evaluation once the finetuning has ended, and
/// has the alias's gate judge it once that has.
///
/// Each step is one transaction that also notes the step, so a daemon that dies in between goes on where it was, and
/// none is done twice.
package actor AutomaticPromoter {
    private static let batch = 64

    private let parts: Parts
    private let signals = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// What promotions are carried out with.
    struct Parts: Sendable {
        let store: StateStore
        let desk: EvaluationDesk
        let runner: EvaluationRunner
        let ids: ObjectIDGenerator
        let live: LiveFinetunings
        let evaluations: LiveEvaluations
        let models: ServedModels
        let pacings: ProviderPacings
        let logger: Logger
    }

    init(_ parts: Parts) {
        self.parts = parts
    }

    /// Works until the task is cancelled.
    package func run() async {
        // Asked for before the state is read, so that no end is missed in between.
        let ends = [parts.live.ends(), parts.evaluations.ends()]
        signals.continuation.yield()
        await withDiscardingTaskGroup { group in
            for stream in ends {
                group.addTask { for await _ in stream { self.signals.continuation.yield() } }
            }
            var tries = 0
            for await _ in signals.stream {
                let isDone = await goOn()
                tries = isDone ? 0 : tries + 1
                guard !isDone else { continue }
                let delay = parts.pacings.usual.retries.delay(tries: tries, jitter: 0.5)
                group.addTask {
                    do { try await Task.sleep(for: delay) } catch { return }
                    self.signals.continuation.yield()
                }
            }
            group.cancelAll()
        }
    }

    /// Takes the next step of each. Whether there was no trouble that may pass.
    private func goOn() async -> Bool {
        do {
            while !Task.isCancelled {
                let promotions = try await parts.store.promotionsToGoOn(limit: Self.batch)
                for promotion in promotions { try await takeStep(of: promotion) }
                if promotions.count < Self.batch { return true }
            }
            return true
        } catch StoreError.closed {
            return true
        } catch {
            parts.logger.error("automatic promotions cannot go on: \(error)")
            return false
        }
    }
}

// MARK: One promotion

extension AutomaticPromoter {
    private func takeStep(of promotion: Evaluations.AutomaticPromotion) async throws {
        do {
            switch promotion.stage {
            case .waiting: try await orderEvaluation(for: promotion)
            case .evaluating(let evaluation): try await settle(promotion, by: evaluation)
            case .promoted, .declined: break
            }
        } catch StoreError.notFound(.finetuning, promotion.finetuning) {
            // It was deleted meanwhile, and the promotion with it.
        }
    }

    private func orderEvaluation(for promotion: Evaluations.AutomaticPromotion) async throws {
        let finetuning = try await parts.store.finetuning(promotion.finetuning)
        guard finetuning.tunedModel != nil else {
            return try await decline(promotion, because: "the finetuning ended \(finetuning.job.status.rawValue)")
        }
        do {
            let order = try await parts.desk.order(
                promotion.finetuning, NewEvaluation(baselineAlias: promotion.alias.rawValue), aliasMayBeNew: true)
            let live = parts.live
            _ = try await parts.store.create(
                order.evaluation(parts.ids, by: promotion.owner, at: .now), questions: order.questions,
                for: promotion, within: parts.desk.budget.now, whenCommitted: { live.changed(promotion.finetuning) })
            parts.runner.wake()
        } catch let error as StoreError where error.mayPass {
            throw error
        } catch {
            let refusal = APIError(describing: error)
            try await decline(promotion, because: "it cannot be measured: \(refusal.message)")
        }
    }

    private func settle(_ promotion: Evaluations.AutomaticPromotion, by id: ObjectID) async throws {
        let outcome: EvaluationOutcome?
        do {
            outcome = try await parts.store.evaluation(id).stage.outcome
        } catch StoreError.notFound(.evaluation, _) {
            return try await decline(promotion, because: "its evaluation \(id) was deleted")
        }
        switch outcome {
        case nil: return
        case .failed(let reason): try await decline(promotion, because: "its evaluation failed: \(reason)")
        case .cancelled: try await decline(promotion, because: "its evaluation was cancelled")
        case .succeeded:
            let wish = ModelSwitch(
                expectedVersion: nil, user: promotion.owner, note: "auto_promote", at: .now)
            tell(try await parts.store.settle(promotion, by: id, wish, whenCommitted: told))
        }
    }

    private func decline(_ promotion: Evaluations.AutomaticPromotion, because reason: String) async throws {
        tell(try await parts.store.decline(promotion, because: reason, at: .now, whenCommitted: told))
    }

    private var told: @Sendable (SettledPromotion?) -> Void {
        let (live, models) = (parts.live, parts.models)
        return { settled in
            guard let settled else { return }
            live.changed(settled.promotion.finetuning)
            if settled.isPromoted { models.changed(settled.promotion.alias) }
        }
    }

    private func tell(_ settled: SettledPromotion?) {
        guard let promotion = settled?.promotion else { return }
        let metadata: Logger.Metadata = ["alias": "\(promotion.alias)", "job": "\(promotion.finetuning)"]
        switch promotion.stage {
        case .waiting, .evaluating: break
        case .promoted(_, let version):
            parts.logger.notice("model promoted by itself, version \(version)", metadata: metadata)
        case .declined(_, let reason):
            parts.logger.notice("model not promoted: \(reason)", metadata: metadata)
        }
    }
}

extension EvaluationStage {
    fileprivate var outcome: EvaluationOutcome? {
        if case .ended(let outcome) = self { outcome } else { nil }
    }
}

extension StoreError {
    /// Whether the same may go well later.
    fileprivate var mayPass: Bool {
        switch self {
        case .degraded, .closed: true
        case .notFound(.finetuning, _): true
        case .notFound, .aliasInUse, .tableAlreadyDescribed, .connectionInUse, .recordInUse, .foreignConnection,
            .inProgress, .evaluationInProgress, .evaluationOver, .gateHolds, .finetuningInUse, .promotionOpen,
            .notSucceeded, .noModel, .versionConflict, .promotionRefused, .nothingToRollBack, .idempotencyConflict,
            .overBudget, .inaccessible, .corrupt, .newerVersion, .locked, .refused:
            false
        }
    }
}
