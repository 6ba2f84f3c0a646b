import Evaluations
import FinetuneAPI
import Jobs
import Store
import TrainingData

extension Wire.Evaluation {
    /// The domain's form, as clients read it.
    init(_ evaluation: Evaluations.Evaluation, summary: EvaluationSummary?) throws {
        self.init(
            id: evaluation.id, finetuning: evaluation.finetuning, databaseConnection: evaluation.connection,
            status: Wire.EvaluationStatus(evaluation.stage.status), error: evaluation.stage.failure,
            candidate: Wire.EvaluatedModel(evaluation.models.candidate),
            baseline: evaluation.models.baseline.map { Wire.EvaluatedModel($0) },
            alias: evaluation.models.alias?.rawValue, questions: evaluation.questionCount,
            answers: evaluation.answerCount, neededAnswers: evaluation.neededAnswerCount,
            tokensUsed: evaluation.tokenCount, maximumTokens: evaluation.tokenLimit,
            obstacle: evaluation.stage.obstacle, createdAt: evaluation.createdAt, updatedAt: evaluation.updatedAt,
            metadata: try evaluation.metadata.map { try JSONText(text: $0).json }, summary: summary)
    }
}

extension Wire.EvaluatedModel {
    init(_ model: EvaluatedModels.Model) {
        self.init(modelProvider: model.provider.rawValue, modelID: model.name.rawValue)
    }
}

extension EvaluationStage {
    fileprivate var failure: String? {
        switch self {
        case .ended(.failed(let reason)): reason
        case .queued, .running, .ended(.succeeded), .ended(.cancelled): nil
        }
    }

    fileprivate var obstacle: String? {
        switch self {
        case .running(let obstacle): obstacle
        case .queued, .ended: nil
        }
    }
}

extension Wire.EvaluationStatus {
    init(_ status: Evaluations.EvaluationStatus) {
        self =
            switch status {
            case .queued: .queued
            case .running: .running
            case .succeeded: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            }
    }
}

extension Evaluations.EvaluationStatus {
    init(_ status: Wire.EvaluationStatus) {
        self =
            switch status {
            case .queued: .queued
            case .running: .running
            case .succeeded: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            }
    }
}

extension EvaluationResult {
    /// The domain's form, as clients read it.
    init(_ answered: AnsweredQuestion) {
        let question = answered.question
        self.init(
            position: question.position, goldenRecord: question.record, question: question.question,
            goldenSQL: question.goldenSQL, trainedOn: question.wasTrainedOn, mustPass: question.mustPass,
            goldenResult: nil, candidate: answered.wire(.candidate), baseline: answered.wire(.baseline))
    }
}

extension AnsweredQuestion {
    fileprivate func wire(_ contestant: Contestant) -> Wire.EvaluationAnswer? {
        answers.first { $0.contestant == contestant }.map { Wire.EvaluationAnswer($0) }
    }
}

extension Wire.EvaluationAnswer {
    fileprivate init(_ answer: Evaluations.EvaluationAnswer) {
        self.init(
            sql: answer.sql, verdict: Verdict(answer.verdict.word), reason: answer.verdict.reason,
            result: nil, exactMatch: answer.isExactMatch, promptTokens: answer.promptTokens,
            answerTokens: answer.answerTokens,
            milliseconds: answer.milliseconds, createdAt: answer.at)
    }
}

extension Wire.EvaluationAnswer.Verdict {
    fileprivate init(_ word: Evaluations.Verdict.Word) {
        self =
            switch word {
            case .correct: .correct
            case .different: .different
            case .invalid: .invalid
            case .failed: .failed
            case .unanswered: .unanswered
            case .unjudged: .unjudged
            }
    }
}

extension Wire.EvaluationAnswer.Verdict {
    var word: Evaluations.Verdict.Word {
        switch self {
        case .correct: .correct
        case .different: .different
        case .invalid: .invalid
        case .failed: .failed
        case .unanswered: .unanswered
        case .unjudged: .unjudged
        }
    }
}
