public import Identifiers

extension Routes {
    /// `POST /finetunings/{id}/evaluations/plan`
    public static let planEvaluation = Route<ObjectID, Nothing, NewEvaluation, EvaluationPlan>(
        .post, "/finetunings/{id}/evaluations/plan", by: .operate,
        "Say what an evaluation would ask; asks nothing, costs nothing",
        changesNothing: true,
        refusals: [
            .finetuningNotFound, .finetuningNotSucceeded, .goldenRecordNotFound, .invalidGoldenRecord,
            .notEnoughGoldenRecords, .modelNotFound,
        ])
    /// `POST /finetunings/{id}/evaluations`
    public static let createEvaluation = Route<ObjectID, Nothing, NewEvaluation, Evaluation>(
        .post, "/finetunings/{id}/evaluations", by: .operate, replies: .one(status: 201),
        "Measure a finetuning's model beside another",
        refusals: [
            .finetuningNotFound, .finetuningNotSucceeded, .goldenRecordNotFound, .invalidGoldenRecord,
            .notEnoughGoldenRecords, .modelNotFound, .budgetExceeded,
        ])
    /// `GET /evaluations`
    public static let listEvaluations = Route<Nothing, EvaluationPaging, Nothing, [Evaluation]>(
        .get, "/evaluations", by: .reader, "List evaluations")
    /// `GET /evaluations/{id}`
    public static let readEvaluation = Route<ObjectID, Nothing, Nothing, Evaluation>(
        .get, "/evaluations/{id}", by: .reader, "Read an evaluation and what it shows so far",
        refusals: [.evaluationNotFound])
    /// `DELETE /evaluations/{id}`
    public static let deleteEvaluation = Route<ObjectID, Nothing, Nothing, Deleted>(
        .delete, "/evaluations/{id}", by: .operate, "Forget an evaluation that is over",
        refusals: [.evaluationNotFound, .evaluationInProgress])
    /// `POST /evaluations/{id}/cancel`
    public static let cancelEvaluation = Route<ObjectID, Nothing, Nothing, Evaluation>(
        .post, "/evaluations/{id}/cancel", by: .operate, "End an evaluation early",
        refusals: [.evaluationNotFound, .evaluationNotCancellable])
    /// `GET /evaluations/{id}/answers`
    public static let evaluationAnswers = Route<ObjectID, EvaluationAnswersQuery, Nothing, [EvaluationResult]>(
        .get, "/evaluations/{id}/answers", by: .reader, "Each question and what the models answered",
        refusals: [.evaluationNotFound])
    /// `GET /evaluations/{id}/events`
    public static let evaluationEvents = Route<ObjectID, EventsQuery, Nothing, FinetuningEvent>(
        .get, "/evaluations/{id}/events", by: .reader, replies: .many(status: 200), "What happened, and what happens",
        last: EvaluationEventsEnd.self,
        refusals: [.evaluationNotFound, .streamEnded, .streamLagged])

    static let evaluations: [RouteSignature] = [
        planEvaluation.signature, createEvaluation.signature, listEvaluations.signature, readEvaluation.signature,
        deleteEvaluation.signature, cancelEvaluation.signature, evaluationAnswers.signature,
        evaluationEvents.signature,
    ]
}
