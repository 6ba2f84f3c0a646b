package import Identifiers
package import Jobs

/// What a gate said when a model was promoted: part of the alias's history.
package enum GateDecision: Hashable, Sendable {
    /// The gate let the model through.
    case passed(JudgedEvaluation)
    /// An administrator put it through against the gate's verdict, or without one: nothing had measured the model.
    case forced(JudgedEvaluation?)
}

/// What a gate said, and of which evaluation.
package struct JudgedEvaluation: Hashable, Sendable {
    /// The evaluation, which may be gone since.
    package let evaluation: ObjectID
    /// What the gate said of it.
    package let verdict: PromotionVerdict

    /// A judgement.
    package init(evaluation: ObjectID, verdict: PromotionVerdict) {
        self.evaluation = evaluation
        self.verdict = verdict
    }
}

/// Why a model does not get an alias.
package struct PromotionRefusal: Hashable, Sendable {
    /// The alias.
    package let alias: ModelAlias
    /// Its version when it was judged.
    package let version: Int
    /// The finetuning whose model was to be promoted.
    package let finetuning: ObjectID
    /// What the gate said; `nil` where nothing has measured the model against the alias's present one.
    package let judgement: JudgedEvaluation?

    /// A refusal.
    package init(alias: ModelAlias, version: Int, finetuning: ObjectID, judgement: JudgedEvaluation?) {
        self.alias = alias
        self.version = version
        self.finetuning = finetuning
        self.judgement = judgement
    }

    /// Whether an evaluation has to come first.
    package var needsEvaluation: Bool { judgement?.verdict.lacksQuestions ?? true }
}

extension PromotionRefusal: CustomStringConvertible {
    /// What happened, in one sentence without a full stop.
    package var description: String {
        guard let judgement else {
            let present = version == 0 ? "" : " against the present one"
            return "the gate of \"\(alias)\" has nothing to judge by: no evaluation has measured the model of "
                + "finetuning \(finetuning)\(present)"
        }
        return "the gate of \"\(alias)\" refuses the model of finetuning \(finetuning): "
            + judgement.verdict.complaint
    }
    /// What to do about it.
    package var remedy: String {
        let measuring = "finetunectl evaluate \(finetuning) --baseline-alias \(alias.rawValue.asShellWord)"
        let forcing = "finetunectl model promote \(alias.rawValue.asShellWord) \(finetuning) --force"
        return needsEvaluation
            ? "Measure it: \(measuring)"
            : "See where it is worse: finetunectl evaluation answers \(judgement?.evaluation.description ?? "ID") "
                + "--verdict different. An administrator may promote it all the same: \(forcing)"
    }
}
