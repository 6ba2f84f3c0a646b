package import Identifiers

/// What a model has to show before it takes the place of another under an alias.
///
/// Accuracy is measured on questions that the model was not trained on, and loss on those that neither model was: what
/// a model learned by heart says nothing of its skill.
package struct PromotionGate: Hashable, Sendable {
    /// The least execution accuracy, 0 to 1; `nil` where none is asked for.
    package var minimumAccuracy: Double?
    /// Whether a significant loss against the present model is refused.
    package var refusesLoss: Bool
    /// Whether golden records marked as such have to be answered right.
    package var holdsMustPass: Bool

    /// A gate.
    package init(minimumAccuracy: Double?, refusesLoss: Bool, holdsMustPass: Bool) {
        self.minimumAccuracy = minimumAccuracy
        self.refusesLoss = refusesLoss
        self.holdsMustPass = holdsMustPass
    }

    /// What a model has to show that is promoted without anybody looking, to an alias without a gate.
    package static let automatic = PromotionGate(minimumAccuracy: nil, refusesLoss: true, holdsMustPass: true)

    /// Whether it asks for at least all that another does.
    package func asksAll(of other: PromotionGate) -> Bool {
        (minimumAccuracy ?? 0) >= (other.minimumAccuracy ?? 0) && (refusesLoss || !other.refusesLoss)
            && (holdsMustPass || !other.holdsMustPass)
    }

    /// Whether it asks for anything.
    package var asksAnything: Bool { minimumAccuracy != nil || refusesLoss || holdsMustPass }

    /// What the gate says of an evaluation: every requirement, in a stable order, and whether it is met.
    package func judge(_ evidence: PromotionEvidence) -> PromotionVerdict {
        var findings = [GateFinding.accuracy(evidence.accuracy, atLeast: minimumAccuracy)]
        if refusesLoss, let pairs = evidence.pairs { findings.append(.comparison(pairs)) }
        if holdsMustPass { findings.append(.mustPass(evidence.mustPass)) }
        return PromotionVerdict(findings: findings)
    }
}

/// What an evaluation showed, as far as a gate asks.
package struct PromotionEvidence: Hashable, Sendable {
    /// How the candidate answered questions that it was not trained on.
    package var accuracy: MeasuredAccuracy
    /// The candidate beside the present model on questions that neither was trained on; `nil` where the alias has none.
    package var pairs: PairedCounts?
    /// How it answered the golden records marked `must_pass`, trained on or not.
    package var mustPass: MustPassAnswers

    /// Evidence.
    package init(accuracy: MeasuredAccuracy, pairs: PairedCounts?, mustPass: MustPassAnswers = MustPassAnswers()) {
        self.accuracy = accuracy
        self.pairs = pairs
        self.mustPass = mustPass
    }
}

/// Right answers of some questions.
package struct MeasuredAccuracy: Hashable, Sendable {
    /// How many were right.
    package var right: Int
    /// Of how many that could be judged.
    package var total: Int

    /// An accuracy.
    package init(right: Int, of total: Int) {
        self.right = right
        self.total = total
    }

    /// The share, with its interval; `nil` of no questions.
    package var share: ProportionInterval? { ProportionInterval(right, of: total) }
}

/// How the golden records marked `must_pass` were answered.
package struct MustPassAnswers: Hashable, Sendable {
    /// How many were asked.
    package var asked: Int
    /// How many there are that were not asked.
    package var unasked: Int
    /// Those that the candidate answers wrong and the present model is not known to; all that it answers wrong, where
    /// there is no present model.
    package var regressions: [ObjectID]

    /// Answers; none unless given.
    package init(asked: Int = 0, unasked: Int = 0, regressions: [ObjectID] = []) {
        self.asked = asked
        self.unasked = unasked
        self.regressions = regressions
    }
}
