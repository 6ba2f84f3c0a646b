extension Int {
    /// The tokens of this count and another together, or the greatest number where there is no such sum: what
    /// providers told, and what older versions kept of it, may be any number.
    package func addingTokens(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
