package import Identifiers

/// What a model has to show before it takes the place of another under an alias.
package struct PromotionGate: Hashable, Sendable {
    /// A difference that chance brings about less often than this counts as one: 0.05, one time in twenty.
    package static let significance = 0.05

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

    /// What the gate says of an evaluation: every requirement, in a stable order, and whether it is met.
    package func judge(_ evidence: PromotionEvidence) -> PromotionVerdict {
        var findings: [GateFinding] = []
        if let minimumAccuracy { findings.append(accuracy(of: evidence, atLeast: minimumAccuracy)) }
        if refusesLoss, let pairs = evidence.pairs { findings.append(loss(in: pairs)) }
        if holdsMustPass { findings.append(mustPass(evidence.regressions)) }
        return PromotionVerdict(findings: findings)
    }

    private func accuracy(of evidence: PromotionEvidence, atLeast minimum: Double) -> GateFinding {
        guard let measured = ProportionInterval(evidence.right, of: evidence.total)?.share else {
            return GateFinding(requirement: .minimumAccuracy(minimum), isMet: false, measured: .nothing)
        }
        return GateFinding(
            requirement: .minimumAccuracy(minimum), isMet: measured >= minimum, measured: .accuracy(measured))
    }

    private func loss(in pairs: PairedCounts) -> GateFinding {
        let isWorse = pairs.baselineOnly > pairs.candidateOnly
        return GateFinding(
            requirement: .noSignificantLoss, isMet: !(isWorse && pairs.test.pValue < Self.significance),
            measured: .pairs(pairs))
    }

    private func mustPass(_ regressions: [ObjectID]) -> GateFinding {
        GateFinding(requirement: .mustPass, isMet: regressions.isEmpty, measured: .regressions(regressions))
    }
}

/// What an evaluation showed, as far as a gate asks.
package struct PromotionEvidence: Hashable, Sendable {
    /// How many questions the candidate answered right.
    package var right: Int
    /// Of how many.
    package var total: Int
    /// The candidate beside the present model; `nil` where the alias has none.
    package var pairs: PairedCounts?
    /// The golden records marked `must_pass` that the candidate answers wrong and the present model right; all that
    /// it answers wrong, where there is no present model.
    package var regressions: [ObjectID]

    /// Evidence.
    package init(right: Int, total: Int, pairs: PairedCounts?, regressions: [ObjectID]) {
        self.right = right
        self.total = total
        self.pairs = pairs
        self.regressions = regressions
    }
}

/// What a gate says.
package struct PromotionVerdict: Hashable, Sendable {
    /// Each requirement and how it was met.
    package let findings: [GateFinding]

    /// Whether the model may be promoted.
    package var isPassed: Bool { findings.allSatisfy(\.isMet) }
}

/// One requirement of a gate, and what was found.
package struct GateFinding: Hashable, Sendable {
    /// What is asked for.
    package enum Requirement: Hashable, Sendable {
        /// At least this execution accuracy, 0 to 1.
        case minimumAccuracy(Double)
        /// Not worse than the present model by more than chance.
        case noSignificantLoss
        /// No golden record marked `must_pass` lost.
        case mustPass
    }

    /// What was found.
    package enum Measured: Hashable, Sendable {
        /// No question was answered.
        case nothing
        /// An execution accuracy, 0 to 1.
        case accuracy(Double)
        /// The two models side by side.
        case pairs(PairedCounts)
        /// The golden records that were lost.
        case regressions([ObjectID])
    }

    /// What is asked for.
    package let requirement: Requirement
    /// Whether the evidence meets it.
    package let isMet: Bool
    /// What was found.
    package let measured: Measured
}
