/// Sums up the tokens of examples. It remembers how often each count occurred, of which there are no more than a
/// model's limit, however many examples there are.
struct TokenCounts {
    private var examplesByCount: [Int: Int] = [:]
    private var exampleCount = 0
    private var total = 0

    mutating func add(_ count: Int) {
        examplesByCount[count, default: 0] += 1
        exampleCount += 1
        total += count
    }

    /// What was added so far; `nil` if nothing was.
    var summary: TokenSummary? {
        let counts = examplesByCount.keys.sorted()
        guard let minimum = counts.first, let maximum = counts.last else { return nil }
        return TokenSummary(total: total, minimum: minimum, median: median(of: counts), maximum: maximum)
    }

    /// The count of the example in the middle; of two that are, the smaller one.
    private func median(of counts: [Int]) -> Int {
        var passed = 0
        return counts.first { count in
            passed += examplesByCount[count] ?? 0
            return passed * 2 >= exampleCount
        } ?? 0
    }
}

/// The tokens of examples, with all that a chat adds, as a provider counts and charges them.
package struct TokenSummary: Hashable, Sendable {
    /// Of all examples: what one epoch trains on.
    package var total: Int
    /// Of the smallest example.
    package var minimum: Int
    /// Of the example in the middle.
    package var median: Int
    /// Of the largest example.
    package var maximum: Int
}
