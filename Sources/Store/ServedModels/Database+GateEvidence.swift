import Evaluations
import GRDB
import Identifiers
import Jobs
import TrainingData

extension Database {
    /// What an alias's gate says of the model of a finetuning, by the newest evaluation that measured it against what
    /// the alias stands for now. `nil` where the alias has no gate, or stands for that very model already.
    ///
    /// Throws `promotionRefused`, unless the promotion is forced.
    func decision(
        on model: TunedModel, for alias: String, standingFor present: ServedModelVersion?, gate: PromotionGate?,
        manner: PromotionManner
    ) throws -> GateDecision? {
        guard let gate = manner.gate(gate), !model.isSame(as: present?.model) else { return nil }
        let judged = try newestEvaluation(of: model.finetuning, against: present?.model).map { id in
            JudgedEvaluation(
                evaluation: id, verdict: gate.judge(try evidence(of: id, hasPresent: present != nil)))
        }
        if let judged, judged.verdict.isPassed { return .passed(judged) }
        guard manner == .forced else {
            throw StoreError.promotionRefused(
                PromotionRefusal(
                    alias: alias, version: present?.version ?? 0, finetuning: model.finetuning, judgement: judged))
        }
        return .forced(judged)
    }

    private func newestEvaluation(of finetuning: ObjectID, against present: TunedModel?) throws -> ObjectID? {
        try one(
            """
            SELECT id FROM evaluations
            WHERE finetuning_id = ?1 AND status = 'succeeded'
                AND (?2 IS NULL OR (baseline_provider = ?2 AND baseline_model = ?3))
            ORDER BY id DESC LIMIT 1
            """, [finetuning, present?.provider.rawValue, present?.name])
    }

    private func evidence(of evaluation: ObjectID, hasPresent: Bool) throws -> PromotionEvidence {
        var accuracy = MeasuredAccuracy(right: 0, of: 0)
        var pairs = PairedCounts()
        for kind in try answerKinds(of: evaluation) {
            guard let isRight = kind.candidate.isRight else { continue }
            accuracy.total += kind.count
            accuracy.right += isRight ? kind.count : 0
            if let baseline = kind.baseline?.isRight {
                pairs.add(candidate: isRight, baseline: baseline, count: kind.count)
            }
        }
        return PromotionEvidence(
            accuracy: accuracy, pairs: hasPresent ? pairs : nil,
            mustPass: try mustPass(in: evaluation, hasPresent: hasPresent))
    }

    /// How many questions that the candidate was not trained on were answered in which way.
    private func answerKinds(of evaluation: ObjectID) throws -> [AnswerKind] {
        try all(
            """
            SELECT candidate.verdict AS candidate, baseline.verdict AS baseline, COUNT(*) AS count
            FROM evaluation_questions AS question \(Self.answersOfBoth)
            WHERE question.evaluation_id = ? AND NOT was_trained_on
            GROUP BY candidate.verdict, baseline.verdict
            """, [evaluation]
        ).map(AnswerKind.init)
    }

    private func mustPass(in evaluation: ObjectID, hasPresent: Bool) throws -> MustPassAnswers {
        let rows = try all(
            """
            SELECT candidate.verdict AS candidate, baseline.verdict AS baseline, 1 AS count, golden_record_id
            FROM evaluation_questions AS question \(Self.answersOfBoth)
            WHERE question.evaluation_id = ? AND must_pass
            ORDER BY question.position
            """, [evaluation])
        var answers = MustPassAnswers(asked: rows.count, unasked: try unaskedMustPassCount(in: evaluation))
        for row in rows {
            let kind = try AnswerKind(row)
            guard kind.candidate.isRight == false, !hasPresent || kind.baseline?.isRight != false else { continue }
            answers.regressions.append(
                try RowReader(table: "evaluation_questions", row: row).value("golden_record_id"))
        }
        return answers
    }

    private func unaskedMustPassCount(in evaluation: ObjectID) throws -> Int {
        try one(
            """
            SELECT COUNT(*) FROM evaluations JOIN golden_records USING (connection_id)
            WHERE evaluations.id = ?1 AND \(GoldenRecord.isMustPass) AND golden_records.id NOT IN (
                SELECT golden_record_id FROM evaluation_questions WHERE evaluation_id = ?1 AND must_pass)
            """, [evaluation]) ?? 0
    }

    private static let answersOfBoth = """
        JOIN evaluation_answers AS candidate ON candidate.evaluation_id = question.evaluation_id
            AND candidate.position = question.position AND candidate.contestant = 'candidate'
        LEFT JOIN evaluation_answers AS baseline ON baseline.evaluation_id = question.evaluation_id
            AND baseline.position = question.position AND baseline.contestant = 'baseline'
        """
}

/// Questions that were answered in the same way.
private struct AnswerKind {
    let candidate: Verdict.Word
    let baseline: Verdict.Word?
    let count: Int

    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_answers", row: row)
        let word: String? = try reader.optional("baseline")
        candidate = try reader.word("candidate")
        baseline = try word.map { _ in try reader.word("baseline") }
        count = try reader.value("count")
    }
}

extension TunedModel {
    fileprivate func isSame(as other: TunedModel?) -> Bool {
        provider == other?.provider && name == other?.name
    }
}
