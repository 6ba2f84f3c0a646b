/// A curve as text: on one line, or as a picture of dots.
struct LineChart: Sendable {
    /// The values, oldest first.
    let values: [Double]

    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The curve on one line of at most `width` columns, lowest value lowest; nothing of fewer than two values.
    func line(width: Int) -> String? {
        guard values.count > 1, width > 0, let range else { return nil }
        let heights = Self.averages(of: values, count: min(width, values.count)).map { value in
            Int(((value - range.low) / (range.high - range.low) * 7).rounded())
        }
        return String(heights.map { Self.blocks[$0] })
    }

    /// The curve as lines of Braille dots, with its greatest and least value at the side; none of fewer than two values.
    func rows(width: Int, height: Int) -> [String] {
        guard values.count > 1, width > 1, height > 1, let range else { return [] }
        let labels = [range.high, range.low].map { String($0.rounded(toPlaces: 3)) }
        let margin = labels.map(\.count).max() ?? 0
        guard width > margin + 4 else { return [] }
        var grid = DotGrid(width: width - margin - 2, height: height)
        let steps = Self.resampled(values, count: grid.dotColumns)
        for (column, value) in steps.enumerated() {
            let share = (value - range.low) / (range.high - range.low)
            let row = Int(((1 - share) * Double(grid.dotRows - 1)).rounded())
            grid.set(column: column, row: row)
        }
        return grid.lines.enumerated().map { number, line in
            let label = number == 0 ? labels[0] : number == height - 1 ? labels[1] : ""
            return label.indented(toWidth: margin) + " │" + line
        }
    }

    private var range: (low: Double, high: Double)? {
        guard let low = values.min(), let high = values.max() else { return nil }
        return (low, high > low ? high : low + 1)
    }

    /// So many values, each the mean of its share of all.
    private static func averages(of values: [Double], count: Int) -> [Double] {
        (0..<count).map { place in
            let part = values[(values.count * place / count)..<(values.count * (place + 1) / count)]
            return part.reduce(0, +) / Double(part.count)
        }
    }

    /// So many values along the curve, on straight lines between those that there are.
    private static func resampled(_ values: [Double], count: Int) -> [Double] {
        guard values.count <= count else { return averages(of: values, count: count) }
        return (0..<count).map { place in
            let position = Double(place) * Double(values.count - 1) / Double(count - 1)
            let before = min(Int(position), values.count - 2)
            let share = position - Double(before)
            return values[before] * (1 - share) + values[before + 1] * share
        }
    }
}

/// Dots in cells of two by four, as Braille characters show them.
private struct DotGrid {
    private var cells: [[UInt32]]

    init(width: Int, height: Int) {
        cells = Array(repeating: Array(repeating: 0, count: width), count: height)
    }

    var dotColumns: Int { cells[0].count * 2 }
    var dotRows: Int { cells.count * 4 }

    mutating func set(column: Int, row: Int) {
        let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
        cells[row / 4][column / 2] |= bits[row % 4][column % 2]
    }

    var lines: [String] {
        cells.map { row in String(String.UnicodeScalarView(row.compactMap { Unicode.Scalar(0x2800 + $0) })) }
    }
}
