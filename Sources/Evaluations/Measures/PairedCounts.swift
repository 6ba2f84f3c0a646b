/// How two models did on the same questions.
package struct PairedCounts: Hashable, Sendable {
    /// Both right.
    package private(set) var both = 0
    /// Only the candidate right.
    package private(set) var candidateOnly = 0
    /// Only the baseline right.
    package private(set) var baselineOnly = 0
    /// Both wrong.
    package private(set) var neither = 0

    /// No questions yet.
    package init() {}

    /// The counts of so many questions of each kind.
    package init(both: Int, candidateOnly: Int, baselineOnly: Int, neither: Int) {
        self.both = both
        self.candidateOnly = candidateOnly
        self.baselineOnly = baselineOnly
        self.neither = neither
    }

    /// Counts more questions: one unless given.
    package mutating func add(candidate: Bool, baseline: Bool, count: Int = 1) {
        switch (candidate, baseline) {
        case (true, true): both += count
        case (true, false): candidateOnly += count
        case (false, true): baselineOnly += count
        case (false, false): neither += count
        }
    }

    /// How many questions there were.
    package var total: Int { both + candidateOnly + baselineOnly + neither }

    /// The test of whether they differ.
    package var test: McNemarTest { McNemarTest(candidateOnly: candidateOnly, baselineOnly: baselineOnly) }
}

extension PairedCounts {
    /// The candidate's accuracy less the baseline's, with an interval at 95 %; `nil` of no questions.
    ///
    /// The interval is Newcombe's for paired shares (Statistics in Medicine 17, 1998, method 10): Wilson's intervals
    /// of the two, put together with the correlation between their answers.
    package var difference: AccuracyDifference? {
        guard let candidate = ProportionInterval(both + candidateOnly, of: total),
            let baseline = ProportionInterval(both + baselineOnly, of: total)
        else { return nil }
        let value = candidate.share - baseline.share
        return AccuracyDifference(
            value: value,
            lower: max(-1, value - reach(candidate.share - candidate.lower, baseline.upper - baseline.share)),
            upper: min(1, value + reach(candidate.upper - candidate.share, baseline.share - baseline.lower)))
    }

    private func reach(_ one: Double, _ other: Double) -> Double {
        max(0, one * one - 2 * correlation * one * other + other * other).squareRoot()
    }

    // With a correction for continuity where the two agree more often than not.
    private var correlation: Double {
        let margins = [both + candidateOnly, baselineOnly + neither, both + baselineOnly, candidateOnly + neither]
        guard !margins.contains(0) else { return 0 }
        let product = margins.map { Double($0) }.reduce(1, *).squareRoot()
        let excess = Double(both) * Double(neither) - Double(candidateOnly) * Double(baselineOnly)
        return (excess > 0 ? max(excess - Double(total) / 2, 0) : excess) / product
    }
}

/// How much better, or worse, one accuracy is than another.
package struct AccuracyDifference: Hashable, Sendable {
    /// -1 to 1.
    package let value: Double
    /// The lower end of the interval.
    package let lower: Double
    /// The upper end.
    package let upper: Double
}
