import Evaluations
import Identifiers
import Testing

@testable import Store

@Suite("Findings of a gate as they are stored")
struct StoredFindingTests {
    private static let findings: [GateFinding] = [
        .accuracy(MeasuredAccuracy(right: 3, of: 4), atLeast: 0.5),
        .comparison(PairedCounts(both: 5, candidateOnly: 2, baselineOnly: 1, neither: 3)),
        .mustPass(MustPassAnswers(asked: 6, unasked: 1, regressions: [id(7)])),
    ]

    private func read(_ text: String) throws -> GateFinding {
        try StoredJSON.value(StoredFinding.self, from: text).finding
    }

    @Test("each reads back as it was", arguments: findings)
    func roundTrip(finding: GateFinding) throws {
        #expect(try read(try StoredJSON.text(StoredFinding(finding))) == finding)
    }

    @Test(
        "what earlier versions wrote, counts in order without names, reads back too",
        arguments: zip(
            [
                #"{"requirement":"accuracy","counts":[3,4],"minimum":0.5}"#,
                #"{"requirement":"comparison","counts":[5,2,1,3]}"#,
                #"{"requirement":"must_pass","counts":[6,1],"regressions":["\#(id(7))"]}"#,
            ], findings))
    func formerForm(text: String, finding: GateFinding) throws {
        #expect(try read(text) == finding)
    }

    @Test(
        "what no gate can have found is corrupt",
        arguments: [
            #"{"requirement":"accuracy","counts":[4,3]}"#,
            #"{"requirement":"accuracy","counts":{"right":4,"total":3}}"#,
            #"{"requirement":"accuracy","counts":{"right":4}}"#,
            #"{"requirement":"comparison","counts":[5,2,1]}"#,
            #"{"requirement":"comparison","counts":{"both":9223372036854775807,"neither":1,"candidate_only":0,"baseline_only":0}}"#,
            #"{"requirement":"comparison","counts":{"both":-1,"neither":1,"candidate_only":0,"baseline_only":0}}"#,
            #"{"requirement":"must_pass","counts":{"asked":1,"unasked":0},"regressions":["x"]}"#,
        ])
    func corrupt(text: String) throws {
        let error = try #require(throws: StoreError.self) { try read(text) }
        guard case .corrupt = error else {
            Issue.record("\(error)")
            return
        }
    }
}
