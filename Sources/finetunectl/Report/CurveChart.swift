/// Lines over training steps, as an inline picture.
struct CurveChart: Sendable {
    /// One line.
    struct Curve: Sendable {
        let name: String
        let points: [Point]
    }

    /// A value at a step.
    struct Point: Sendable, Equatable {
        let step: Double
        let value: Double
    }

    let title: String
    let curves: [Curve]

    private static let width = 640.0
    private static let height = 240.0
    private static let left = 56.0
    private static let right = 12.0
    private static let top = 12.0
    private static let bottom = 28.0

    /// The picture; nothing where no line has two points.
    var svg: HTML? {
        let drawn = curves.filter { $0.points.count > 1 }
        guard !drawn.isEmpty else { return nil }
        let all = drawn.flatMap(\.points)
        let steps = Scale(all.map(\.step), onto: Self.left...(Self.width - Self.right), startsAtZero: false)
        let values = Scale(all.map(\.value), onto: Self.top...(Self.height - Self.bottom), startsAtZero: true)
        return """
            <figure><figcaption>\(title)\(legend(drawn))</figcaption>
            <svg viewBox="0 0 640 240" role="img" aria-label="\(title)">
            \(grid(steps, values))\(drawn.enumerated().map { line($1, $0, steps, values) })</svg></figure>

            """
    }

    private func legend(_ curves: [Curve]) -> [HTML] {
        guard curves.count > 1 else { return [] }
        return curves.enumerated().map { " <span class=\"key k\($0)\">\($1.name)</span>" }
    }

    private func grid(_ steps: Scale, _ values: Scale) -> [HTML] {
        let right = Self.width - Self.right
        let rows = values.marks.map { mark -> HTML in
            let y = Self.height - Self.bottom + Self.top - values.place(mark)
            return """
                <line class="grid" x1="\(Self.left.short)" x2="\(right.short)" y1="\(y.short)" y2="\(y.short)"/>\
                <text class="mark" x="\((Self.left - 6).short)" y="\((y + 4).short)" text-anchor="end">\(mark.short)</text>

                """
        }
        let columns = steps.marks.map { mark -> HTML in
            """
            <text class="mark" x="\(steps.place(mark).short)" y="\((Self.height - 8).short)" \
            text-anchor="middle">\(mark.short)</text>

            """
        }
        return rows + columns
    }

    private func line(_ curve: Curve, _ number: Int, _ steps: Scale, _ values: Scale) -> HTML {
        let points = curve.points.map { point in
            let y = Self.height - Self.bottom + Self.top - values.place(point.value)
            return "\(steps.place(point.step).short),\(y.short)"
        }
        return "<polyline class=\"curve k\(number)\" points=\"\(points.joined(separator: " "))\"/>\n"
    }

    /// Where values lie along one side of the picture.
    private struct Scale {
        let range: ClosedRange<Double>
        let target: ClosedRange<Double>
        let marks: [Double]

        init(_ values: [Double], onto target: ClosedRange<Double>, startsAtZero: Bool) {
            let low = startsAtZero ? min(0, values.min() ?? 0) : values.min() ?? 0
            let high = max(values.max() ?? 1, low + .ulpOfOne)
            let step = Self.roundStep(for: (high - low) / 4)
            let first = (low / step).rounded(.down) * step
            let last = startsAtZero ? (high / step).rounded(.up) * step : high
            range = (startsAtZero ? first : low)...max(last, low + step)
            self.target = target
            let bounds = range
            marks = stride(from: first, through: bounds.upperBound + step / 1_000, by: step).filter {
                $0 >= bounds.lowerBound - step / 1_000
            }
        }

        func place(_ value: Double) -> Double {
            let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            return target.lowerBound + share * (target.upperBound - target.lowerBound)
        }

        /// The next of 1, 2 and 5 times a power of ten.
        private static func roundStep(for step: Double) -> Double {
            var power = 1.0
            while power * 10 <= step { power *= 10 }
            while power > step { power /= 10 }
            return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step } ?? power * 10
        }
    }
}

extension Double {
    /// At most three decimal places, without zeros at the end: `0.25`, `12`.
    fileprivate var short: String {
        let rounded = rounded(toPlaces: abs(self) < 0.1 ? 4 : 2)
        let text = String(rounded)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
