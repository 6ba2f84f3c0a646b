import Testing

@testable import Evaluation

@Suite struct IntervalTests {
    // The values of Wilson's interval in Newcombe's comparison of intervals for a single share (1998), table I.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func `an accuracy comes with Wilson's interval`(count: Int, total: Int, lower: Double, upper: Double) throws {
        let interval = try #require(ProportionInterval(count, of: total))
        #expect(abs(interval.lower - lower) < 0.0001)
        #expect(abs(interval.upper - upper) < 0.0001)
    }

    @Test func `of no questions there is no accuracy`() {
        #expect(ProportionInterval(0, of: 0) == nil)
        #expect(PairedCounts().difference == nil)
    }

    @Test(arguments: [(36, 12, 2, 0), (2, 0, 0, 48), (10, 10, 10, 10), (0, 0, 50, 0), (54, 0, 0, 0)])
    func `a difference lies in its interval, and turns over with the models`(
        both: Int, candidateOnly: Int, baselineOnly: Int, neither: Int
    ) throws {
        let counts = PairedCounts.of(both, candidateOnly, baselineOnly, neither)
        let turned = PairedCounts.of(both, baselineOnly, candidateOnly, neither)
        let difference = try #require(counts.difference)
        let opposite = try #require(turned.difference)
        #expect(difference.lower <= difference.value && difference.value <= difference.upper)
        #expect(abs(difference.lower + opposite.upper) < 1e-12)
        #expect((-1...1).contains(difference.lower) && (-1...1).contains(difference.upper))
    }
}

extension PairedCounts {
    static func of(_ both: Int, _ candidateOnly: Int, _ baselineOnly: Int, _ neither: Int) -> PairedCounts {
        var counts = PairedCounts()
        for (count, candidate, baseline) in [
            (both, true, true), (candidateOnly, true, false), (baselineOnly, false, true), (neither, false, false),
        ] {
            for _ in 0..<count { counts.add(candidate: candidate, baseline: baseline) }
        }
        return counts
    }
}
