import Evaluations
import FinetuneAPI
import Identifiers
import Jobs

extension Wire.PromotionGate {
    /// The domain's form, as clients read it.
    init(_ gate: Evaluations.PromotionGate) {
        self.init(
            minimumAccuracy: gate.minimumAccuracy, noSignificantLoss: gate.refusesLoss, mustPass: gate.holdsMustPass)
    }
}

extension Change where Value == PromotionGateChanges {
    /// Throws `invalidField` for a requirement that makes no sense.
    func check() throws(APIError) {
        guard case .set(let changes) = self, case .set(let minimum) = changes.minimumAccuracy else { return }
        guard minimum > 0, minimum <= 1 else {
            throw .invalidField("gate.minimum_accuracy", "must be more than 0 and at most 1")
        }
    }

    /// The gate after the change. One that asks for nothing is none.
    func applied(to old: Evaluations.PromotionGate?) -> Evaluations.PromotionGate? {
        switch self {
        case .unchanged: old
        case .cleared: nil
        case .set(let changes): changes.applied(to: old)
        }
    }
}

extension PromotionGateChanges {
    fileprivate func applied(to old: Evaluations.PromotionGate?) -> Evaluations.PromotionGate? {
        let gate = Evaluations.PromotionGate(
            minimumAccuracy: minimumAccuracy.applied(to: old?.minimumAccuracy),
            refusesLoss: noSignificantLoss.applied(to: old?.refusesLoss) ?? false,
            holdsMustPass: mustPass.applied(to: old?.holdsMustPass) ?? false)
        return gate.asksAnything ? gate : nil
    }
}

extension GateVerdict {
    /// The domain's form, as clients read it.
    init(_ decision: GateDecision) {
        switch decision {
        case .passed(let judged): self.init(judged, isForced: false)
        case .forced(let judged): self.init(judged, isForced: true)
        }
    }

    fileprivate init(_ judged: JudgedEvaluation?, isForced: Bool) {
        self.init(
            evaluation: judged?.evaluation, passed: judged?.verdict.isPassed ?? false, forced: isForced,
            findings: (judged?.verdict.findings ?? []).map { Wire.GateFinding($0) })
    }
}

extension Wire.GateFinding {
    fileprivate init(_ finding: Evaluations.GateFinding) {
        switch finding {
        case .accuracy(let accuracy, let minimum):
            self.init(
                .minimumAccuracy, met: finding.isMet, message: finding.description, minimum: minimum,
                accuracy: MeasuredShare(accuracy.right, of: accuracy.total, accuracy.share))
        case .comparison(let pairs):
            self.init(
                .noSignificantLoss, met: finding.isMet, message: finding.description,
                comparison: EvaluationComparison(pairs))
        case .mustPass(let answers):
            self.init(
                .mustPass, met: finding.isMet, message: finding.description, asked: answers.asked,
                unasked: answers.unasked, regressions: answers.regressions)
        }
    }
}

extension PromotionRefusal {
    /// The table of what was found, and what it was found of.
    var detail: JSONValue {
        let verdict = GateVerdict(judgement, isForced: false)
        return [
            "alias": .string(alias.rawValue), "version": .number(JSONNumber(version)),
            "finetuning_id": .string(finetuning.description), "verdict": verdict.json,
        ]
    }
}

extension GateVerdict {
    // Whatever can be encoded as a reply is JSON.
    fileprivate var json: JSONValue {
        do {
            return try JSONParser.parse(try WireEncoder().encode(self), depthLimit: 16)
        } catch {
            preconditionFailure("a verdict is written as JSON: \(error)")
        }
    }
}

extension Wire.AutomaticPromotion {
    /// The domain's form, as clients read it.
    init(_ promotion: Evaluations.AutomaticPromotion) {
        self.init(alias: promotion.alias.rawValue, status: Status(promotion.stage), evaluation: promotion.evaluation)
        switch promotion.stage {
        case .waiting, .evaluating: break
        case .promoted(_, let version): self.version = version
        case .declined(_, let reason): self.reason = reason
        }
    }
}

extension Wire.AutomaticPromotion.Status {
    fileprivate init(_ stage: Evaluations.AutomaticPromotion.Stage) {
        self =
            switch stage {
            case .waiting: .waiting
            case .evaluating: .evaluating
            case .promoted: .promoted
            case .declined: .notPromoted
            }
    }
}
