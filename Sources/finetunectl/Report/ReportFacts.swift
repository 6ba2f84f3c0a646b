import FinetuneAPI
import Identifiers
import LineTransport

/// Everything that a report tells, as the daemon told it.
struct ReportFacts: Sendable {
    /// How many wrong answers a report shows.
    static let shownFailures = 10

    var finetuning: Finetuning
    var connection: DatabaseConnection
    var checkpoints: [Checkpoint]
    var events: [FinetuningEvent]
    var evaluation: Evaluation?
    var failures: [EvaluationResult]
    /// The newest version of an alias that the model became through a gate.
    var promotion: Promoted?

    /// A version of an alias.
    struct Promoted: Sendable {
        var alias: String
        var version: ServedModelVersion
    }

    init(
        finetuning: Finetuning, connection: DatabaseConnection, checkpoints: [Checkpoint], events: [FinetuningEvent],
        evaluation: Evaluation?, failures: [EvaluationResult], promotion: Promoted? = nil
    ) {
        self.finetuning = finetuning
        self.connection = connection
        self.checkpoints = checkpoints
        self.events = events
        self.evaluation = evaluation
        self.failures = failures
        self.promotion = promotion
    }
}

extension ReportFacts {
    /// Asks the daemon for all of it.
    init(of id: ObjectID, evaluation: ObjectID?, from session: Session) async throws {
        let finetuning = try await session.ask(Routes.readFinetuning, id).response
        let connection = try await session.ask(Routes.readConnection, finetuning.databaseConnection).response
        let shown = try await Self.evaluation(evaluation, of: id, from: session)
        self.init(
            finetuning: finetuning, connection: connection,
            checkpoints: try await session.ask(Routes.finetuningCheckpoints, id).response,
            events: try await Self.events(of: id, from: session), evaluation: shown,
            failures: try await Self.failures(of: shown, from: session),
            promotion: try await Self.promotion(of: finetuning, measuredBy: shown, from: session))
    }

    private static func promotion(
        of finetuning: Finetuning, measuredBy evaluation: Evaluation?, from session: Session
    ) async throws -> Promoted? {
        guard let alias = finetuning.automaticPromotion?.alias ?? evaluation?.alias else { return nil }
        do {
            let versions = try await session.everyPage { page in
                let query = Paging(page: page, limit: Page.greatestLimit)
                return try await session.ask(Routes.modelHistory, alias, query: query, body: Nothing())
            }
            let version = versions.response.last { $0.finetuning == finetuning.id && $0.gate != nil }
            return version.map { Promoted(alias: alias, version: $0) }
        } catch ClientError.refused(_, let refusal) where refusal.code == .modelNotFound {
            return nil
        }
    }

    private static func events(of id: ObjectID, from session: Session) async throws -> [FinetuningEvent] {
        var events: [FinetuningEvent] = []
        for try await element in EventFeed(of: id, follow: false, at: .chosen(session.socket)) {
            switch element {
            case .event(let event, _): events.append(event)
            case .interrupted: await session.console.note("The connection to the daemon was lost; trying again.")
            case .end: break
            }
        }
        return events
    }

    private static func evaluation(
        _ named: ObjectID?, of finetuning: ObjectID, from session: Session
    ) async throws -> Evaluation? {
        var id = named
        if id == nil {
            let all = try await session.everyPage { page in
                let query = EvaluationPaging(
                    finetuning: finetuning, status: .succeeded, page: page, limit: Page.greatestLimit)
                return try await session.ask(Routes.listEvaluations, query: query)
            }
            id = all.response.last?.id
        }
        guard let id else { return nil }
        return try await session.ask(Routes.readEvaluation, id).response
    }

    /// The tuned model's wrong answers, with what they give; those that run and give something else first.
    private static func failures(
        of evaluation: Evaluation?, from session: Session
    ) async throws -> [EvaluationResult] {
        guard let evaluation else { return [] }
        var failures: [EvaluationResult] = []
        for verdict in [EvaluationAnswer.Verdict.different, .failed, .invalid, .unanswered] {
            guard failures.count < shownFailures else { break }
            let query = EvaluationAnswersQuery(
                verdict: verdict, results: true, page: 1, limit: shownFailures - failures.count)
            failures += try await session.ask(
                Routes.evaluationAnswers, evaluation.id, query: query, body: Nothing()
            ).response
        }
        return failures
    }
}
