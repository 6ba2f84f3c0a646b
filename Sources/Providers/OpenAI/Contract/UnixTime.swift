internal import Identifiers

extension Timestamp {
    // From 0001-01-01 to 9999-12-31: what the API's form of a time can write.
    private static let writableSeconds = -62_135_596_800...253_402_300_799

    /// The contract's times: whole seconds since 1970. One outside of the years 1 to 9999 is the nearest within.
    init(unix seconds: Int) {
        let range = Self.writableSeconds
        self.init(microseconds: Int64(min(max(seconds, range.lowerBound), range.upperBound)) * 1_000_000)
    }
}
