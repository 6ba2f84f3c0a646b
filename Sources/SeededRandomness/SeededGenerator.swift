/// Random numbers that a seed repeats (SplitMix64), so that a failure names the run that shows it again.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A run of numbers of its own for each seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next of them.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `bound`, which is not 0.
    package mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    /// True in so many of a hundred draws.
    package mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of `choices`, which are not empty.
    package mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[below(choices.count)]
    }

    /// A duration from zero up to, not including, `limit`.
    package mutating func duration(below limit: Duration) -> Duration {
        limit * Double.random(in: 0..<1, using: &self)
    }
}
