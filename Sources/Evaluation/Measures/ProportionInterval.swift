/// A share of questions, with Wilson's score interval at 95 % around it.
///
/// Unlike the interval of the textbook it stays within 0 and 1, and means something for few questions, and for none
/// or all of them right.
package struct ProportionInterval: Hashable, Sendable {
    /// The standard normal deviate that 95 % lie within.
    static let deviate = 1.959963984540054

    /// The share itself, 0 to 1.
    package let share: Double
    /// The lower end.
    package let lower: Double
    /// The upper end.
    package let upper: Double

    /// The share of `count` in `total`, `nil` of none.
    package init?(_ count: Int, of total: Int) {
        guard total > 0 else { return nil }
        precondition((0...total).contains(count), "a part is no larger than the whole")
        let size = Double(total)
        let share = Double(count) / size
        let square = Self.deviate * Self.deviate
        let center = (share + square / (2 * size)) / (1 + square / size)
        let spread = share * (1 - share) / size + square / (4 * size * size)
        let reach = Self.deviate / (1 + square / size) * spread.squareRoot()
        self.share = share
        lower = count == 0 ? 0 : max(0, center - reach)
        upper = count == total ? 1 : min(1, center + reach)
    }
}
