import Testing

@testable import Evaluation

@Suite struct McNemarTestTests {
    // Each from the binomial coefficients, by hand: 2 (1 + 10) / 1024 is the third.
    @Test(arguments: [
        (0, 0, 1.0), (3, 3, 1.0), (1, 9, 0.021484375), (9, 1, 0.021484375), (0, 5, 0.0625), (0, 6, 0.03125),
        (5, 15, 0.041389465332031),
    ])
    func `the probability is that of a two-sided binomial test`(candidate: Int, baseline: Int, expected: Double) {
        let value = McNemarTest(candidateOnly: candidate, baselineOnly: baseline).pValue
        #expect(abs(value - expected) < 1e-12)
    }

    @Test func `a hundred thousand questions neither overflow nor vanish`() {
        let even = McNemarTest(candidateOnly: 50_000, baselineOnly: 50_000).pValue
        let uneven = McNemarTest(candidateOnly: 51_000, baselineOnly: 49_000).pValue
        #expect(even == 1)
        #expect((1e-11...1e-9).contains(uneven))
    }
}
