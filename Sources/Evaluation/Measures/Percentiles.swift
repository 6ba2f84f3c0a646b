/// Percentiles of some measurements, by the nearest rank: each is a value that was measured.
package struct Percentiles: Hashable, Sendable {
    private let sorted: [Int]

    /// Percentiles of these measurements, `nil` of none.
    package init?(_ measurements: [Int]) {
        guard !measurements.isEmpty else { return nil }
        sorted = measurements.sorted()
    }

    /// The least measurement that `percent` of all do not exceed.
    package subscript(percent: Int) -> Int {
        precondition((1...100).contains(percent), "a percentile lies within 1 and 100")
        return sorted[(sorted.count * percent + 99) / 100 - 1]
    }
}
