import Identifiers
import Testing

@testable import Evaluation

@Suite struct PromotionGateTests {
    private let strict = PromotionGate(minimumAccuracy: 0.8, refusesLoss: true, holdsMustPass: true)

    @Test func `a model that is good enough passes`() {
        let evidence = PromotionEvidence(
            right: 9, total: 10, pairs: .of(5, 4, 0, 1), regressions: [])
        #expect(strict.judge(evidence).isPassed)
    }

    @Test func `each requirement is refused by itself`() {
        let record = ObjectID(seconds: 1, suffix: 1)
        let cases: [(PromotionEvidence, GateFinding.Requirement)] = [
            (PromotionEvidence(right: 7, total: 10, pairs: nil, regressions: []), .minimumAccuracy(0.8)),
            (PromotionEvidence(right: 0, total: 0, pairs: nil, regressions: []), .minimumAccuracy(0.8)),
            (PromotionEvidence(right: 80, total: 100, pairs: .of(79, 1, 11, 9), regressions: []), .noSignificantLoss),
            (PromotionEvidence(right: 9, total: 10, pairs: nil, regressions: [record]), .mustPass),
        ]
        for (evidence, requirement) in cases {
            let refused = strict.judge(evidence).findings.filter { !$0.isMet }
            #expect(refused.map(\.requirement) == [requirement])
        }
    }

    @Test func `a loss that chance explains is no reason to refuse`() {
        let evidence = PromotionEvidence(right: 85, total: 100, pairs: .of(83, 2, 4, 11), regressions: [])
        #expect(strict.judge(evidence).isPassed)
    }

    @Test func `a gate that asks nothing lets everything through`() {
        let open = PromotionGate(minimumAccuracy: nil, refusesLoss: false, holdsMustPass: false)
        #expect(open.judge(PromotionEvidence(right: 0, total: 10, pairs: nil, regressions: [])).isPassed)
    }
}
