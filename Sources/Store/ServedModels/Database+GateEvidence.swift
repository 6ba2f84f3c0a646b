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
        on model: TunedModel, for alias: ModelAlias, standingFor present: ServedModelVersion?, gate: PromotionGate?,
        manner: PromotionManner
    ) throws -> GateDecision? {
        guard let gate = manner.gate(gate), !model.isSame(as: present?.model) else { return nil }
        let judged = try newestEvaluation(of: model.finetuning, against: present?.model).map { id in
            JudgedEvaluation(
                evaluation: id, verdict: gate.judge(try evidence(of: id, beside: present?.model)))
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

    private func evidence(of evaluation: ObjectID, beside present: TunedModel?) throws -> PromotionEvidence {
        var accuracy = MeasuredAccuracy(right: 0, of: 0)
        var pairs = PairedCounts()
        for kind in try answerKinds(of: evaluation, beside: present) {
            guard let isRight = kind.candidate.isRight else { continue }
            accuracy.total += kind.count
            accuracy.right += isRight ? kind.count : 0
            if let baseline = kind.baseline?.isRight, !kind.isKnownToPresent {
                pairs.add(candidate: isRight, baseline: baseline, count: kind.count)
            }
        }
        return PromotionEvidence(
            accuracy: accuracy, pairs: present == nil ? nil : pairs,
            mustPass: try mustPass(in: evaluation, hasPresent: present != nil))
    }

    /// How many questions that the candidate was not trained on were answered in which way, and whether the present
    /// model was trained on them: it knows those by heart, so they say nothing of which is better.
    private func answerKinds(of evaluation: ObjectID, beside present: TunedModel?) throws -> [AnswerKind] {
        try all(
            """
            SELECT candidate.verdict AS candidate, baseline.verdict AS baseline, COUNT(*) AS count,
                golden_record_id IN (
                    SELECT golden_record_id FROM \(Finetuning.recordsTable) WHERE finetuning_id = ?2) AS is_known
            FROM evaluation_questions AS question \(Self.answersOfBoth)
            WHERE question.evaluation_id = ?1 AND NOT was_trained_on
            GROUP BY candidate.verdict, baseline.verdict, is_known
            """, [evaluation, present?.finetuning]
        ).map(AnswerKind.init)
    }

    private func mustPass(in evaluation: ObjectID, hasPresent: Bool) throws -> MustPassAnswers {
        let rows = try all(
            """
            SELECT candidate.verdict AS candidate, baseline.verdict AS baseline, 1 AS count, 0 AS is_known,
                golden_record_id
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
    /// Whether the present model was trained on them.
    let isKnownToPresent: Bool

    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_answers", row: row)
        let word: String? = try reader.optional("baseline")
        candidate = try reader.word("candidate")
        baseline = try word.map { _ in try reader.word("baseline") }
        count = try reader.value("count")
        isKnownToPresent = try reader.optional("is_known") ?? false
    }
}

extension TunedModel {
    fileprivate func isSame(as other: TunedModel?) -> Bool {
        provider == other?.provider && name == other?.name
    }
}
