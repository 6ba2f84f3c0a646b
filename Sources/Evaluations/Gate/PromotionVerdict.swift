/// What a gate says.
package struct PromotionVerdict: Hashable, Sendable {
    /// Each requirement and how it was met.
    package let findings: [GateFinding]

    /// A verdict.
    package init(findings: [GateFinding]) {
        self.findings = findings
    }

    /// Whether the model may be promoted.
    package var isPassed: Bool { findings.allSatisfy(\.isMet) }

    /// What is not met, in one sentence without a full stop.
    package var complaint: String {
        findings.filter { !$0.isMet }.map(\.description).joined(separator: "; ")
    }

    /// Whether another evaluation would show more: there are questions that this one did not ask.
    package var lacksQuestions: Bool {
        findings.contains { finding in
            switch finding {
            case .accuracy(let accuracy, _): accuracy.total == 0
            case .comparison: false
            case .mustPass(let answers): answers.unasked > 0
            }
        }
    }
}

/// One requirement of a gate, and what was found.
package enum GateFinding: Hashable, Sendable {
    /// A difference that chance brings about less often than this counts as one: 0.05, one time in twenty.
    package static let significance = 0.05

    /// At least this execution accuracy, 0 to 1; where none is asked for, that it was measured at all.
    case accuracy(MeasuredAccuracy, atLeast: Double?)
    /// Not worse than the present model by more than chance.
    case comparison(PairedCounts)
    /// No golden record marked `must_pass` lost, or not asked.
    case mustPass(MustPassAnswers)

    /// Whether the evidence meets the requirement.
    package var isMet: Bool {
        switch self {
        case .accuracy(let accuracy, let minimum): accuracy.share.map { $0.share >= minimum ?? 0 } ?? false
        case .comparison(let pairs):
            pairs.total > 0 && (pairs.baselineOnly <= pairs.candidateOnly || pairs.test.pValue >= Self.significance)
        case .mustPass(let answers): answers.regressions.isEmpty && answers.unasked == 0
        }
    }
}

extension GateFinding: CustomStringConvertible {
    /// What was found, in words.
    package var description: String {
        switch self {
        case .accuracy(let accuracy, let minimum): accuracy.description(atLeast: minimum)
        case .comparison(let pairs): pairs.lossDescription
        case .mustPass(let answers): answers.description
        }
    }
}

extension MeasuredAccuracy {
    fileprivate func description(atLeast minimum: Double?) -> String {
        guard let share else { return "no question was judged that the model was not trained on" }
        let measured = "\(right) of \(total) right, an accuracy of \(share.share.roundedToHundredths)"
        return measured + (minimum.map { ", where \($0.roundedToHundredths) is the least" } ?? "")
    }
}

extension PairedCounts {
    fileprivate var lossDescription: String {
        guard total > 0 else { return "no question was judged that neither model was trained on" }
        let probability = test.pValue.roundedToThousandths
        return "\(candidateOnly) won and \(baselineOnly) lost against the present model (p = \(probability))"
    }
}

extension MustPassAnswers: CustomStringConvertible {
    /// What was found, in words.
    package var description: String {
        let lost = "\(regressions.count) of \(asked) golden records marked must_pass lost"
        return lost + (unasked == 0 ? "" : ", and \(unasked) not asked")
    }
}

extension Double {
    fileprivate var roundedToHundredths: Double { (self * 100).rounded() / 100 }
    fileprivate var roundedToThousandths: Double { (self * 1_000).rounded() / 1_000 }
}
