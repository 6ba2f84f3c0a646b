/// How far something is, on one line: what, a bar, how much, how fast, how long still.
struct ProgressBar: Sendable {
    /// What goes on: `sending`.
    let label: String
    /// What is counted: `records`.
    let unit: String
    /// How many there are in all.
    let total: Int

    /// The line after `elapsed`, at most `width` columns. Parts that do not fit are left out, the bar last.
    func line(done: Int, elapsed: Duration, width: Int) -> String {
        let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
        let percent = "\(Int(share * 100))%".indented(toWidth: 4)
        let facts = facts(done: done, elapsed: elapsed)
        for count in stride(from: facts.count, through: 0, by: -1) {
            let tail = ([percent] + facts.prefix(count)).joined(separator: "  ")
            let room = width - DisplayWidth.of(label) - DisplayWidth.of(tail) - 4
            if room >= 10 { return "\(label) [\(Self.bar(share, width: min(room, 40)))] \(tail)" }
        }
        return "\(label) \(percent)".truncated(toWidth: width)
    }

    private func facts(done: Int, elapsed: Duration) -> [String] {
        let seconds = elapsed / .seconds(1)
        guard done > 0, seconds > 0.5 else { return ["\(done.grouped)/\(total.grouped)"] }
        let rate = Double(done) / seconds
        let left = Duration.seconds(Double(max(0, total - done)) / rate)
        return ["\(done.grouped)/\(total.grouped)", "\(Int(rate).grouped) \(unit)/s", "\(left.clock) left"]
    }

    private static func bar(_ share: Double, width: Int) -> String {
        let filled = Int(share * Double(width))
        return String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    }
}

extension Int {
    /// The number with a comma between thousands: `1,234,567`.
    var grouped: String {
        let digits = String(magnitude)
        let head = (digits.count - 1) % 3 + 1
        var result = String(digits.prefix(head))
        var rest = digits.dropFirst(head)
        while !rest.isEmpty {
            result += "," + rest.prefix(3)
            rest = rest.dropFirst(3)
        }
        return self < 0 ? "-" + result : result
    }

    /// So many of them: `1 golden record`, `1,234 golden records`.
    func counting(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}

extension Duration {
    /// Minutes and seconds, with hours where there are any: `0:42`, `1:02:03`.
    var clock: String {
        let seconds = Int(components.seconds)
        let tail = "\(Self.twoDigits(seconds / 60 % 60)):\(Self.twoDigits(seconds % 60))"
        if seconds >= 3600 { return "\(seconds / 3600):\(tail)" }
        return tail.hasPrefix("0") ? String(tail.dropFirst()) : tail
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
