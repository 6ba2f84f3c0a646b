/// An amount of US dollars, exact to a millionth.
package struct Price: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The currency of every price.
    package static let currency = "USD"

    /// Millionths of a dollar.
    package var microdollars: Int

    /// So many millionths of a dollar.
    package init(microdollars: Int) {
        self.microdollars = microdollars
    }

    /// Reads dollars with at most six digits after the point: `3`, `1.50`. `nil` for anything else, and for less
    /// than nothing.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard let dollars = UInt32(parts[0]), (1...6).contains(fraction.utf8.count),
            let millionths = UInt32(fraction + String(repeating: "0", count: 6 - fraction.utf8.count)),
            !text.contains("+"), !text.contains("-")
        else { return nil }
        microdollars = Int(dollars) * 1_000_000 + Int(millionths)
    }

    /// Dollars and cents, with more digits where there is more: `1.50`, `0.000125`.
    package var description: String {
        var fraction = String(1_000_000 + microdollars % 1_000_000).dropFirst()
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(microdollars / 1_000_000).\(fraction)"
    }

    /// The lesser amount is the smaller.
    package static func < (left: Price, right: Price) -> Bool { left.microdollars < right.microdollars }
}
