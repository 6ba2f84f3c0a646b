extension Double {
    /// The amount with its currency, to the cent, or to what tells it from nothing: `$12.50`, `$0.0042`, `8.00 EUR`.
    func amount(_ currency: String) -> String {
        let digits = self >= 0.01 || self == 0 ? 2 : 6
        let number = fixed(digits: digits)
        return currency == "USD" ? "$" + number : "\(number) \(currency)"
    }

    private func fixed(digits: Int) -> String {
        let scale = Array(repeating: 10.0, count: digits).reduce(1, *)
        let (whole, fraction) = Int((self * scale).rounded()).quotientAndRemainder(dividingBy: Int(scale))
        let padding = String(repeating: "0", count: digits - String(fraction).count)
        return "\(whole.grouped).\(padding)\(fraction)"
    }
}
