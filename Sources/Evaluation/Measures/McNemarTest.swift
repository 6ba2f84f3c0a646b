#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// McNemar's exact test: whether two models that answered the same questions differ by more than chance.
///
/// Only the questions that one of them got right and the other did not say anything about it. If both are equally
/// good, each such question is a toss of a fair coin; the test is the two-sided binomial test of these tosses.
package struct McNemarTest: Hashable, Sendable {
    /// How many questions the candidate alone got right.
    package let candidateOnly: Int
    /// How many questions the baseline alone got right.
    package let baselineOnly: Int

    /// A test over the questions on which the two differ.
    package init(candidateOnly: Int, baselineOnly: Int) {
        precondition(candidateOnly >= 0 && baselineOnly >= 0, "counts are not negative")
        self.candidateOnly = candidateOnly
        self.baselineOnly = baselineOnly
    }

    /// The probability of a difference at least as large, if both are equally good: 0 to 1, and 1 where they never
    /// differ.
    package var pValue: Double {
        let tosses = candidateOnly + baselineOnly
        var logarithm = -Double(tosses) * log(2)
        var sum = 0.0
        for heads in 0...min(candidateOnly, baselineOnly) {
            sum += exp(logarithm)
            logarithm += log(Double(tosses - heads) / Double(heads + 1))
        }
        return min(1, 2 * sum)
    }
}
