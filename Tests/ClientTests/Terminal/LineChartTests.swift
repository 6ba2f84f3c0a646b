import Testing

@testable import finetunectl

@Suite("Curves in the terminal")
struct LineChartTests {
    @Test("a curve on one line falls and rises with its values")
    func line() {
        #expect(LineChart(values: [7, 6, 5, 4, 3, 2, 1, 0]).line(width: 8) == "█▇▆▅▄▃▂▁")
        #expect(LineChart(values: [0, 0, 7, 7]).line(width: 2) == "▁█")
        #expect(LineChart(values: [1, 1, 1]).line(width: 8) == "▁▁▁")
        #expect(LineChart(values: [1]).line(width: 8) == nil)
        #expect(LineChart(values: [1, 2]).line(width: 0) == nil)
    }

    @Test("a picture has its greatest and least value at the side, and fits")
    func rows() {
        let rows = LineChart(values: (0..<200).map { 1 / Double($0 + 1) }).rows(width: 40, height: 5)
        #expect(rows.count == 5)
        #expect(rows.allSatisfy { DisplayWidth.of($0) == 40 })
        #expect(rows[0].hasPrefix("  1.0 │") && rows[4].hasPrefix("0.005 │"))
        #expect(LineChart(values: [1, 0]).rows(width: 6, height: 4).isEmpty)
        #expect(LineChart(values: []).rows(width: 40, height: 4).isEmpty)
    }
}
