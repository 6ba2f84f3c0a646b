import Evaluations
import Identifiers
import Jobs
import Logging
import Store
import TrainingData

/// Works on every evaluation that is not over, several at a time, until the daemon ends.
///
/// What is still to be asked is what has no answer in the state, so there is nothing to recover: after a crash at most
/// the questions that were under way are asked a second time.
package actor EvaluationRunner {
    /// Questions under way of one evaluation. The provider's own limit is kept by `CompletionQueue`.
    private static let concurrency = 8
    private static let batch = 64

    private let parts: Parts
    private let signals = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private var working: Set<ObjectID> = []

    /// What an evaluation is carried out with.
    struct Parts: Sendable {
        let store: StateStore
        let desk: ModelDesk
        let databases: DescribedDatabases
        let queue: CompletionQueue
        let providers: ProviderRegistry
        let accounts: ProviderAccounts
        let paths: Current<DatabasePathPolicy>
        let workers: WorkerThreads
        let limits: QueryLimits
        let live: LiveEvaluations
        let pacings: ProviderPacings
        let logger: Logger
    }

    init(_ parts: Parts) {
        self.parts = parts
    }

    /// There may be something to do.
    nonisolated func wake() {
        signals.continuation.yield()
    }

    /// Works until the task is cancelled.
    package func run() async {
        wake()
        await withDiscardingTaskGroup { group in
            for await _ in signals.stream {
                for id in await unfinished() where working.insert(id).inserted {
                    group.addTask { await self.workOn(id) }
                }
            }
            group.cancelAll()
        }
    }

    private func unfinished() async -> [ObjectID] {
        do {
            return try await parts.store.unfinishedEvaluations()
        } catch StoreError.closed {
            return []
        } catch {
            parts.logger.error("evaluations cannot be read: \(error)")
            return []
        }
    }

    private func workOn(_ id: ObjectID) async {
        defer { working.remove(id) }
        var tries = 0
        while !Task.isCancelled {
            do {
                guard let pause = try await goOn(with: id, tries: &tries) else { return }
                try await Task.sleep(for: pause)
            } catch StoreError.notFound, StoreError.closed, is CancellationError {
                return
            } catch {
                parts.logger.error("\(error)", metadata: ["evaluation": "\(id)"])
                tries += 1
                if await slept(for: parts.pacings.usual.retries.delay(tries: tries, jitter: 0.5)) { continue }
                return
            }
        }
    }

    private func slept(for delay: Duration) async -> Bool {
        do {
            try await Task.sleep(for: delay)
            return true
        } catch {
            return false
        }
    }
}

// MARK: One evaluation

extension EvaluationRunner {
    /// Asks the next questions. Returns how long to wait before more are asked; nothing once it is over.
    private func goOn(with id: ObjectID, tries: inout Int) async throws -> Duration? {
        let evaluation = try await parts.store.evaluation(id)
        guard !evaluation.stage.isOver else { return nil }
        if case .queued = evaluation.stage { try await move(id, to: .running(obstacle: nil), telling: .started) }
        let open = try await parts.store.openQuestions(of: id, limit: Self.batch)
        switch try await ask(open, by: try await interview(for: evaluation)) {
        case nil:
            tries = 0
            if case .running(_?) = evaluation.stage {
                try await move(id, to: .running(obstacle: nil), telling: .resumed)
            }
            return .zero
        case .hopeless(let reason):
            let outcome = EvaluationOutcome.failed(reason: reason)
            try await move(id, to: .ended(outcome), telling: .ended(outcome))
            return .zero
        case .waiting(let reason, let atLeast):
            tries += 1
            if evaluation.stage != .running(obstacle: reason) {
                try await move(id, to: .running(obstacle: reason), telling: .waiting(reason: reason))
            }
            let delay = parts.pacings[evaluation.models.candidate.provider].retries.delay(
                tries: tries, jitter: Double.random(in: 0..<1))
            return max(delay, atLeast ?? .zero)
        case .answered, .stopped: throw CancellationError()
        }
    }

    private func move(
        _ id: ObjectID, to stage: EvaluationStage, telling happening: EvaluationHappening
    ) async throws {
        parts.live.changed(try await parts.store.move(id, to: stage, telling: happening, at: .now))
    }

    private func interview(for evaluation: Evaluation) async throws -> EvaluationInterview {
        let connection = try await parts.store.connection(evaluation.connection)
        let chosen = try await parts.desk.tuned(evaluation.finetuning, alias: nil)
        return EvaluationInterview(
            evaluation: evaluation, recipe: chosen.recipe, databases: parts.databases, queue: parts.queue,
            providers: parts.providers, accounts: parts.accounts, connection: connection,
            bench: JudgeBench(connection, paths: parts.paths, limits: parts.limits, worker: parts.workers.next()))
    }

    /// Asks these questions, some at a time. Returns what stood in the way, if anything did.
    private func ask(
        _ open: [AnsweredQuestion], by interview: EvaluationInterview
    ) async throws -> EvaluationInterview.Outcome? {
        let turns = open.flatMap { item in
            interview.evaluation.models.contestants
                .filter { contestant in !item.answers.contains { $0.contestant == contestant } }
                .map { (item.question, $0) }
        }
        return try await withThrowingTaskGroup(of: EvaluationInterview.Outcome?.self) { group in
            var rest = turns[...]
            var obstacle: EvaluationInterview.Outcome?
            for _ in 0..<Self.concurrency { addNext(of: &rest, to: &group, by: interview) }
            while let outcome = try await group.next() {
                if let outcome { obstacle = outcome }
                if obstacle == nil { addNext(of: &rest, to: &group, by: interview) }
            }
            return obstacle
        }
    }

    private func addNext(
        of rest: inout ArraySlice<(EvaluationQuestion, Contestant)>,
        to group: inout ThrowingTaskGroup<EvaluationInterview.Outcome?, any Error>, by interview: EvaluationInterview
    ) {
        guard let (question, contestant) = rest.popFirst() else { return }
        let parts = parts
        group.addTask {
            let outcome = try await interview.ask(question, contestant)
            guard case .answered(let answer) = outcome else { return outcome }
            let after = try await parts.store.keep(answer, of: interview.evaluation.id)
            parts.live.changed(after)
            return after.stage.isOver ? .stopped : nil
        }
    }
}
