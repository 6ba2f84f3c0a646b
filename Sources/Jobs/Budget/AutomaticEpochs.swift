/// How often a provider goes over a training file when it may choose.
///
/// OpenAI does not say how it chooses. Its published guide to preparing chat data has a rule of thumb: three times,
/// more for few examples so that about 100 are seen in all (at most 25 times), fewer for many so that no more than
/// 25,000 are (at least once).
package enum AutomaticEpochs {
    private static let usual = 3
    private static let mostForFew = 25
    private static let fewestSeen = 100
    private static let mostSeen = 25_000

    /// What the rule of thumb gives for so many examples.
    package static func likely(examples: Int) -> Int {
        guard examples > 0 else { return usual }
        if examples * usual < fewestSeen { return min(mostForFew, fewestSeen / examples) }
        if examples * usual > mostSeen { return max(1, mostSeen / examples) }
        return usual
    }

    /// From once to what the rule of thumb gives, or to the usual number where that is more: nothing binds the
    /// provider to the rule.
    package static func range(examples: Int) -> ClosedRange<Int> {
        1...max(usual, likely(examples: examples))
    }
}
