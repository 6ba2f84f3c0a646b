package import Evaluations
import GRDB
package import Identifiers
import Jobs

/// A question of an evaluation and what was answered to it so far.
package struct AnsweredQuestion: Hashable, Sendable {
    /// The question.
    package let question: EvaluationQuestion
    /// The answers, the candidate's first; none yet of some models.
    package let answers: [EvaluationAnswer]
}

extension StateStore {
    /// The next questions of an evaluation that a model has not answered yet, from a position on: an answered one is
    /// never open again, so whoever comes back need not look at those before the first that was open. Throws `notFound`.
    package func openQuestions(
        of id: ObjectID, from first: Int = 0, limit: Int
    ) async throws(StoreError) -> [AnsweredQuestion] {
        try await read { db in
            let models = try db.evaluation(id).models.contestants.count
            return try db.all(
                """
                SELECT * FROM evaluation_questions AS question WHERE evaluation_id = ?1 AND position >= ?4 AND ?2 > (
                    SELECT COUNT(*) FROM evaluation_answers AS answer
                    WHERE answer.evaluation_id = ?1 AND answer.position = question.position)
                ORDER BY position LIMIT ?3
                """, [id, models, limit, first]
            ).map { try db.answered($0, of: id) }
        }
    }

    /// A page of the questions of an evaluation, with their answers: of all, or of those to which the candidate gave an
    /// answer of this worth. Throws `notFound`.
    package func answers(
        of id: ObjectID, verdict: Verdict.Word? = nil, _ page: PageRequest
    ) async throws(StoreError) -> Page<AnsweredQuestion> {
        try await read { db in
            let total = try db.evaluation(id).questionCount
            guard let verdict else {
                let rows = try db.all(
                    """
                    SELECT * FROM evaluation_questions WHERE evaluation_id = ? AND position >= ?
                    ORDER BY position LIMIT ?
                    """, [id, page.offset, page.limit])
                return Page(items: try rows.map { try db.answered($0, of: id) }, total: total)
            }
            let ofVerdict = """
                FROM evaluation_questions WHERE evaluation_id = ?1 AND position IN (
                    SELECT position FROM evaluation_answers
                    WHERE evaluation_id = ?1 AND contestant = 'candidate' AND verdict = ?2)
                """
            let rows = try db.all(
                "SELECT * \(ofVerdict) ORDER BY position LIMIT ?3 OFFSET ?4",
                [id, verdict.rawValue, page.limit, page.offset])
            let count: Int? = try db.one("SELECT COUNT(*) \(ofVerdict)", [id, verdict.rawValue])
            return Page(items: try rows.map { try db.answered($0, of: id) }, total: count ?? 0)
        }
    }

    /// How many of the questions that the baseline answered it was trained on. It counts those of all finetunings whose
    /// model it is; `nil` of a model that nobody tuned here, or whose finetuning is gone.
    package func knownToBaselineCount(of id: ObjectID) async throws(StoreError) -> Int? {
        try await read { db in
            let isHere: Bool? = try db.one(
                """
                SELECT EXISTS (
                    SELECT 1 FROM \(Finetuning.table) AS finetuning
                    WHERE finetuning.model_provider = evaluations.baseline_provider
                        AND finetuning.model_id = evaluations.baseline_model)
                FROM evaluations WHERE id = ?
                """, [id])
            guard isHere == true else { return nil }
            return try db.one(
                """
                SELECT COUNT(*) FROM evaluations
                    JOIN evaluation_answers AS answer
                        ON answer.evaluation_id = evaluations.id AND answer.contestant = 'baseline'
                    JOIN evaluation_questions AS question
                        ON question.evaluation_id = evaluations.id AND question.position = answer.position
                WHERE evaluations.id = ? AND EXISTS (
                    SELECT 1 FROM \(Finetuning.recordsTable) AS record
                        JOIN \(Finetuning.table) AS finetuning ON finetuning.id = record.finetuning_id
                    WHERE record.golden_record_id = question.golden_record_id
                        AND finetuning.model_provider = evaluations.baseline_provider
                        AND finetuning.model_id = evaluations.baseline_model)
                """, [id])
        }
    }

    /// Keeps an answer, and ends the evaluation with the last one. An answer to a question that was under way when the
    /// evaluation ended was paid for: it is kept and counted, and changes nothing of how that ended.
    /// Returns what it is then. Throws `notFound`.
    package func keep(_ answer: EvaluationAnswer, of id: ObjectID) async throws(StoreError) -> Evaluation {
        let evaluation = try await write { db in
            let before = try db.evaluation(id)
            try db.run(EvaluationAnswer.insertion, answer.columns(of: id))
            guard db.changesCount == 1 else { return before }
            try db.run(
                """
                UPDATE evaluations SET answer_count = answer_count + 1, token_count = token_count + ?,
                    updated_at = max(updated_at, ?), status = CASE status WHEN 'queued' THEN 'running' ELSE status END
                WHERE id = ?
                """, [answer.tokens, answer.at, id])
            if before.stage.isOver { try db.settleSpending(ofEvaluation: id) }
            let counted = try db.evaluation(id)
            let after = before.stage.isOver ? counted : try db.goOn(with: counted, after: answer)
            FailPoint.pass(.answerKept, .before)
            return after
        }
        FailPoint.pass(.answerKept, .after)
        return evaluation
    }
}

extension Database {
    fileprivate func answered(_ row: Row, of id: ObjectID) throws -> AnsweredQuestion {
        let question = try EvaluationQuestion(row)
        let answers = try all(
            "SELECT * FROM evaluation_answers WHERE evaluation_id = ? AND position = ? ORDER BY contestant DESC",
            [id, question.position]
        ).map(EvaluationAnswer.init)
        return AnsweredQuestion(question: question, answers: answers)
    }

    fileprivate func goOn(with evaluation: Evaluation, after answer: EvaluationAnswer) throws -> Evaluation {
        try append(
            .answered(answer, count: evaluation.answerCount, of: evaluation.neededAnswerCount),
            toEvaluation: evaluation.id, at: answer.at)
        guard let next = evaluation.stageAfterAnswer else { return evaluation }
        return try move(evaluation.id, to: .ended(next), telling: .ended(next), at: answer.at)
    }
}

extension Evaluation {
    /// How it ends with the answers that are in; `nil` while it goes on.
    fileprivate var stageAfterAnswer: EvaluationOutcome? {
        if answerCount >= neededAnswerCount { return .succeeded }
        guard let tokenLimit, tokenCount >= tokenLimit else { return nil }
        return .failed(reason: "its answers took \(tokenCount) tokens, and no more than \(tokenLimit) were allowed")
    }
}
