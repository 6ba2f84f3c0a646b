import Evaluations
import FinetuneAPI
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
        var progress = Progress()
        while !Task.isCancelled {
            do {
                guard let pause = try await goOn(with: id, &progress) else { return }
                try await Task.sleep(for: pause)
            } catch StoreError.notFound, StoreError.closed, is CancellationError {
                return
            } catch {
                let reason = (error as? APIError)?.message ?? "\(error)"
                parts.logger.error("\(reason)", metadata: ["evaluation": "\(id)"])
                progress.patience.tries += 1
                let delay = parts.pacings.usual.retries.delay(tries: progress.patience.tries, jitter: 0.5)
                if await slept(for: delay) { continue }
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
    /// What is known of one evaluation in this process alone.
    private struct Progress {
        var patience = EvaluationPatience()
        /// Answers that could not be judged or stored when they came. They are paid for, so that is tried again before
        /// anything else is asked.
        var held: [GivenAnswer] = []
        /// Every question before this position has its answers.
        var firstOpenPosition = 0
    }

    /// Asks the next questions. Returns how long to wait before more are asked; nothing once it is over.
    private func goOn(with id: ObjectID, _ progress: inout Progress) async throws -> Duration? {
        let evaluation = try await parts.store.evaluation(id)
        guard !evaluation.stage.isOver else {
            try await keep(progress.held, unjudgedOf: evaluation)
            return nil
        }
        // An answer is paid for when it comes. On a disk that takes none, nothing is asked.
        try await parts.store.leaveSignOfLife(at: .now)
        if case .queued = evaluation.stage { try await move(id, to: .running(obstacle: nil), telling: .started) }
        switch try await askNext(of: evaluation, &progress) {
        case nil:
            progress.patience.renew()
            if case .running(_?) = evaluation.stage {
                try await move(id, to: .running(obstacle: nil), telling: .resumed)
            }
            return .zero
        case .unknownModel(let reason):
            let limit = retries(of: evaluation).newModelTime
            guard progress.patience.isSpent(byUnknownModelAt: .steady, after: limit) else {
                return try await wait(evaluation, because: reason, atLeast: nil, &progress.patience)
            }
            let outcome = EvaluationOutcome.failed(reason: reason)
            try await move(id, to: .ended(outcome), telling: .ended(outcome))
            return .zero
        case .waiting(let reason, let atLeast), .lost(_, _, let reason, let atLeast):
            return try await wait(evaluation, because: reason, atLeast: atLeast, &progress.patience)
        case .stopped: return try await parts.store.evaluation(id).stage.isOver ? .zero : nil
        }
    }

    // Nobody waits for what these are worth any more. They are paid for, so what they took counts.
    private func keep(_ held: [GivenAnswer], unjudgedOf evaluation: Evaluations.Evaluation) async throws {
        for answer in held {
            parts.live.changed(
                try await parts.store.keep(
                    answer.unjudged(because: "the evaluation was over before it could be judged"), of: evaluation.id))
        }
    }

    private func wait(
        _ evaluation: Evaluations.Evaluation, because reason: String, atLeast: Duration?,
        _ patience: inout EvaluationPatience
    ) async throws -> Duration {
        patience.tries += 1
        if evaluation.stage != .running(obstacle: reason) {
            try await move(evaluation.id, to: .running(obstacle: reason), telling: .waiting(reason: reason))
        }
        let delay = retries(of: evaluation).delay(tries: patience.tries, jitter: Double.random(in: 0..<1))
        return max(delay, atLeast ?? .zero)
    }

    private func retries(of evaluation: Evaluations.Evaluation) -> RetryPolicy {
        parts.pacings[evaluation.models.candidate.provider].retries
    }

    private func move(
        _ id: ObjectID, to stage: EvaluationStage, telling happening: EvaluationHappening
    ) async throws {
        parts.live.changed(try await parts.store.move(id, to: stage, telling: happening, at: .now))
    }

    private func interview(for evaluation: Evaluations.Evaluation) async throws -> EvaluationInterview {
        let connection = try await parts.store.connection(evaluation.connection)
        let chosen = try await parts.desk.tuned(evaluation.finetuning, alias: nil)
        return EvaluationInterview(
            evaluation: evaluation, recipe: chosen.recipe, databases: parts.databases, queue: parts.queue,
            providers: parts.providers, accounts: parts.accounts, connection: connection,
            bench: JudgeBench(connection, paths: parts.paths, limits: parts.limits, worker: parts.workers.next()))
    }

    /// Takes in the answers that are held, and asks the next questions. Returns what stood in the way, if anything did.
    private func askNext(
        of evaluation: Evaluations.Evaluation, _ progress: inout Progress
    ) async throws -> EvaluationInterruption? {
        let interview: EvaluationInterview
        do {
            interview = try await self.interview(for: evaluation)
        } catch let error as APIError {
            return .waiting(reason: error.message, atLeast: nil)
        }
        while let answer = progress.held.last {
            switch try await parts.takeIn(answer, by: interview) {
            case .taken: progress.held.removeLast()
            case .held(_, let reason): return .waiting(reason: reason, atLeast: nil)
            case .interrupted(let interruption): return interruption
            }
        }
        let open = try await parts.store.openQuestions(
            of: evaluation.id, from: progress.firstOpenPosition, limit: Self.batch)
        if let first = open.first { progress.firstOpenPosition = first.question.position }
        let interruptions = try await ask(open, by: interview, &progress)
        for case .lost(let question, let contestant, let reason, _) in interruptions
        where progress.patience.isSpent(byLosing: question, of: contestant) {
            progress.held.append(GivenAnswer(question, contestant, .nothing(reason: reason)))
        }
        return interruptions.last
    }

    /// Asks these questions, some at a time, until something stands in the way. Returns all that did.
    private func ask(
        _ open: [AnsweredQuestion], by interview: EvaluationInterview, _ progress: inout Progress
    ) async throws -> [EvaluationInterruption] {
        let turns = open.flatMap { item in
            interview.evaluation.models.contestants
                .filter { contestant in !item.answers.contains { $0.contestant == contestant } }
                .map { (item.question, $0) }
        }
        return try await withThrowingTaskGroup(of: Turn.self) { group in
            var rest = turns[...]
            var interruptions: [EvaluationInterruption] = []
            // The provider's own limit is kept by `CompletionQueue`.
            for _ in 0..<Evaluation.turnsAtATime { addNext(of: &rest, to: &group, by: interview) }
            while let turn = try await group.next() {
                switch turn {
                case .taken: break
                case .held(let answer, let reason):
                    progress.held.append(answer)
                    interruptions.append(.waiting(reason: reason, atLeast: nil))
                case .interrupted(let interruption): interruptions.append(interruption)
                }
                if interruptions.isEmpty { addNext(of: &rest, to: &group, by: interview) }
            }
            return interruptions
        }
    }

    private func addNext(
        of rest: inout ArraySlice<(EvaluationQuestion, Contestant)>,
        to group: inout ThrowingTaskGroup<Turn, any Error>, by interview: EvaluationInterview
    ) {
        guard let (question, contestant) = rest.popFirst() else { return }
        let parts = parts
        group.addTask {
            switch try await interview.ask(question, contestant) {
            case .answered(let answer): try await parts.takeIn(answer, by: interview)
            case .interrupted(let interruption): .interrupted(interruption)
            }
        }
    }

    /// What came of one question to one model.
    fileprivate enum Turn: Sendable {
        /// Its answer is stored.
        case taken
        /// Its answer cannot be judged or stored now.
        case held(GivenAnswer, reason: String)
        case interrupted(EvaluationInterruption)
    }
}

extension EvaluationRunner.Parts {
    /// Judges an answer and stores it.
    fileprivate func takeIn(
        _ given: GivenAnswer, by interview: EvaluationInterview
    ) async throws -> EvaluationRunner.Turn {
        do {
            let after = try await store.keep(
                try await given.judged(by: interview.bench), of: interview.evaluation.id)
            live.changed(after)
            return after.stage.isOver ? .interrupted(.stopped) : .taken
        } catch let error as JudgeBench.Unreadable {
            return .held(given, reason: error.reason)
        } catch StoreError.degraded(let reason) {
            return .held(given, reason: StoreError.degraded(reason: reason).description)
        }
    }
}
