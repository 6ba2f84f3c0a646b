import FoundationEssentials
import Histogram

/// What a load generator has measured.
struct LoadReport: Encodable {
    /// Microseconds within which so many of a hundred answers came.
    struct Percentiles: Encodable {
        let p50: Double
        let p90: Double
        let p99: Double
        let p999: Double
        let longest: Double

        private enum CodingKeys: String, CodingKey {
            case p50, p90, p99, longest
            case p999 = "p99.9"
        }
    }

    let answers: UInt64
    let refusals: Int
    let seconds: Double
    let answersPerSecond: Double
    let microseconds: Percentiles
    /// How much of the time the generator's thread was at work: near one, it is what limits the rate.
    let generatorBusy: Double

    init(_ histogram: Histogram<UInt64>, refusals: Int, seconds: Double, generatorSeconds: Double) {
        func microseconds(_ percentile: Double) -> Double { Double(histogram.valueAtPercentile(percentile)) / 1_000 }
        answers = histogram.totalCount
        self.refusals = refusals
        self.seconds = seconds
        answersPerSecond = Double(histogram.totalCount) / seconds
        self.microseconds = Percentiles(
            p50: microseconds(50), p90: microseconds(90), p99: microseconds(99), p999: microseconds(99.9),
            longest: microseconds(100))
        generatorBusy = generatorSeconds / seconds
    }
}
