import Identifiers
import Jobs
import Testing

@testable import Evaluations

@Suite struct PromotionGateTests {
    private let strict = PromotionGate(minimumAccuracy: 0.8, refusesLoss: true, holdsMustPass: true)

    private func evidence(
        _ right: Int, of total: Int, pairs: PairedCounts? = nil, mustPass: MustPassAnswers = MustPassAnswers()
    ) -> PromotionEvidence {
        PromotionEvidence(accuracy: MeasuredAccuracy(right: right, of: total), pairs: pairs, mustPass: mustPass)
    }

    @Test func `a model that is good enough passes`() {
        let verdict = strict.judge(evidence(9, of: 10, pairs: .of(5, 4, 0, 1), mustPass: MustPassAnswers(asked: 2)))
        #expect(verdict.isPassed && verdict.findings.count == 3)
    }

    @Test func `each requirement is refused by itself, and says what was found`() {
        let record = ObjectID(seconds: 1, suffix: 1)
        let cases: [(PromotionEvidence, String)] = [
            (evidence(7, of: 10), "7 of 10 right, an accuracy of 0.7, where 0.8 is the least"),
            (evidence(0, of: 0), "no question was judged that the model was not trained on"),
            (
                evidence(80, of: 100, pairs: .of(79, 1, 11, 9)),
                "1 won and 11 lost against the present model (p = 0.006)"
            ),
            (
                evidence(9, of: 10, pairs: PairedCounts()),
                "no question was judged that neither model was trained on"
            ),
            (
                evidence(9, of: 10, mustPass: MustPassAnswers(asked: 3, regressions: [record])),
                "1 of 3 golden records marked must_pass lost"
            ),
            (
                evidence(9, of: 10, mustPass: MustPassAnswers(asked: 3, unasked: 2)),
                "0 of 3 golden records marked must_pass lost, and 2 not asked"
            ),
        ]
        for (evidence, complaint) in cases {
            let verdict = strict.judge(evidence)
            #expect(!verdict.isPassed && verdict.complaint == complaint)
        }
    }

    @Test func `a loss that chance explains is no reason to refuse`() {
        #expect(strict.judge(evidence(85, of: 100, pairs: .of(83, 2, 4, 11))).isPassed)
    }

    @Test func `a gate that asks nothing still wants the model measured`() {
        let open = PromotionGate(minimumAccuracy: nil, refusesLoss: false, holdsMustPass: false)
        #expect(!open.asksAnything)
        #expect(open.judge(evidence(0, of: 10)).isPassed)
        #expect(!open.judge(evidence(0, of: 0)).isPassed)
    }

    @Test func `an evaluation that did not ask enough is to be made again`() {
        #expect(strict.judge(evidence(0, of: 0)).lacksQuestions)
        #expect(strict.judge(evidence(9, of: 10, mustPass: MustPassAnswers(unasked: 1))).lacksQuestions)
        #expect(!strict.judge(evidence(7, of: 10)).lacksQuestions)
    }

    @Test func `nobody looks at an automatic promotion, so it is judged where the alias has no gate too`() {
        #expect(PromotionManner.automatic.gate(nil) == .automatic)
        #expect(PromotionManner.automatic.gate(strict) == strict)
        #expect(PromotionManner.wished.gate(nil) == nil && PromotionManner.forced.gate(strict) == strict)
    }

    @Test func `the remedy is a command that a shell takes as it is`() {
        let finetuning = ObjectID(seconds: 1, suffix: 1)
        let unmeasured = PromotionRefusal(alias: "it's sales", version: 2, finetuning: finetuning, judgement: nil)
        #expect(
            unmeasured.remedy
                == #"Measure it: finetunectl evaluate \#(finetuning) --baseline-alias 'it'\''s sales'"#)
    }
}
