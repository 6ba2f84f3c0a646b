import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Logging
import Store
import TrainingData

/// Answers for evaluations.
struct EvaluationHandlers: Sendable {
    let store: StateStore
    let desk: EvaluationDesk
    let runner: EvaluationRunner
    let live: LiveEvaluations
    let ids: ObjectIDGenerator
    let previews: ResultPreviews
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.planEvaluation.answered { call in
                try await desk.plan(
                    try await desk.order(call.parameter, call.body), of: call.caller.peer.userID)
            },
            Routes.createEvaluation.answered { try await create($0) },
            Routes.listEvaluations.answered { try await list($0.query) },
            Routes.readEvaluation.answered { try await read($0.parameter) },
            Routes.deleteEvaluation.answered { try await delete($0.parameter) },
            Routes.cancelEvaluation.answered { try await cancel($0) },
            Routes.evaluationAnswers.answered { try await answers(of: $0.parameter, $0.query) },
            Routes.evaluationEvents.streamed { try await events(of: $0.parameter, $0.query, to: $1) },
        ]
    }
}

extension EvaluationHandlers {
    private func create(_ call: Call<ObjectID, Nothing, NewEvaluation>) async throws -> Wire.Evaluation {
        let order = try await desk.order(call.parameter, call.body)
        let evaluation = order.evaluation(ids, by: call.caller.peer.userID, at: .now)
        let reply = try Wire.Evaluation(evaluation, summary: nil)
        try await store.create(
            evaluation, questions: order.questions, within: desk.budget.now, keeping: call.keeping { _ in reply })
        logger.info("evaluation accepted", metadata: ["evaluation": "\(evaluation.id)"])
        runner.wake()
        return reply
    }

    private func list(_ query: EvaluationPaging) async throws -> [Wire.Evaluation] {
        let page = try await store.evaluations(
            of: query.finetuning, status: query.status.map { Evaluations.EvaluationStatus($0) },
            try FieldChecks.page(query.page, query.limit))
        return try page.items.map { try Wire.Evaluation($0, summary: nil) }
    }

    private func read(_ id: ObjectID) async throws -> Wire.Evaluation {
        let evaluation = try await store.evaluation(id)
        let board = try await store.scoreboard(of: evaluation)
        return try Wire.Evaluation(
            evaluation,
            summary: EvaluationSummary(
                board, evaluation.prices, baselineTrainedOn: try await knownToBaseline(in: evaluation)))
    }

    /// How many of the questions the baseline was trained on; `nil` where nobody here can know.
    private func knownToBaseline(in evaluation: Evaluations.Evaluation) async throws -> Int? {
        guard let baseline = evaluation.models.baseline else { return nil }
        if let count = try await store.knownToBaselineCount(of: evaluation.id) { return count }
        return try await desk.isBaseModel(baseline, of: evaluation.finetuning) ? 0 : nil
    }

    // Each preview runs up to three queries, so few are shown at once.
    private static let mostPreviews = 100

    private func answers(of id: ObjectID, _ query: EvaluationAnswersQuery) async throws -> [EvaluationResult] {
        let page = try FieldChecks.page(query.page, query.limit)
        let answers = try await store.answers(of: id, verdict: query.verdict?.word, page).items
        guard query.results == true else { return answers.map { EvaluationResult($0) } }
        guard page.limit <= Self.mostPreviews else {
            throw APIError.invalidField("limit", "must be at most \(Self.mostPreviews) where results are asked for")
        }
        return try await previews.adding(to: answers, of: try await store.evaluation(id).connection)
    }

    private func delete(_ id: ObjectID) async throws -> Deleted {
        try await store.deleteEvaluation(id)
        live.removed(id)
        return Deleted(id: id)
    }

    private func cancel(_ call: Call<ObjectID, Nothing, Nothing>) async throws -> Wire.Evaluation {
        let evaluation = try await store.cancelEvaluation(
            call.parameter, at: .now, keeping: call.keeping { try Wire.Evaluation($0, summary: nil) })
        live.changed(evaluation)
        return try Wire.Evaluation(evaluation, summary: nil)
    }
}

// MARK: Streams

extension EvaluationHandlers {
    private static let eventBatch = 500

    private func events(
        of id: ObjectID, _ query: EventsQuery, to stream: ReplyStream
    ) async throws -> EvaluationEventsEnd {
        var last = try FieldChecks.eventNumber(query.after)
        return try await live.changes(of: id).follow {
            let stage = try await store.evaluation(id).stage
            last = try await stream.sendEvents(after: last) { last in
                let events = try await store.evaluationEvents(of: id, after: last, limit: Self.eventBatch)
                return EventBatch(events.map { Wire.FinetuningEvent($0) }, after: last, limit: Self.eventBatch)
            }
            guard query.follow == true, !stage.isOver else {
                return .over(EvaluationEventsEnd(lastSequence: last, status: Wire.EvaluationStatus(stage.status)))
            }
            return .open(resumeAfter: last)
        }
    }
}
