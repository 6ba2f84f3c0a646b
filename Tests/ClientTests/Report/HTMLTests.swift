import Testing

@testable import finetunectl

@Suite("The page of a report")
struct HTMLTests {
    @Test(
        "takes text as text, whatever is in it",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a & b", "a &amp; b"), ("\"it's\"", "&quot;it&#39;s&quot;"), ("two\nlines", "two\nlines"),
            ("bell\u{7}", "bell\u{FFFD}"),
        ])
    func escaping(text: String, source: String) {
        #expect(("<p>\(text)</p>" as HTML).source == "<p>\(source)</p>")
    }

    @Test("leaves pieces as they are")
    func pieces() {
        let piece: HTML = "<b>\("x < y")</b>"
        #expect(("<p>\(piece)\([piece, piece])\(3)</p>" as HTML).source.components("&lt;").count == 4)
        #expect((piece + piece).source == "<b>x &lt; y</b><b>x &lt; y</b>")
    }
}

@Suite("A chart of what was measured")
struct CurveChartTests {
    private func chart(_ values: [Double]) -> CurveChart {
        let points = values.enumerated().map { CurveChart.Point(step: Double($0 + 1), value: $1) }
        return CurveChart(title: "Loss <1>", curves: [.init(name: "train_loss", points: points)])
    }

    @Test(
        "is drawn where there are two points, in its frame, whatever the values",
        arguments: [
            [1, 0.5], [0, 0], [3, 3, 3], [1e-9, 2e-9], [1_000_000, 2], [-1, 1],
        ])
    func drawn(values: [Double]) throws {
        let source = try #require(chart(values).svg).source
        #expect(source.contains("Loss &lt;1&gt;"))
        let line = try #require(source.components("points=\"").last?.components("\"").first)
        let numbers = line.split { $0 == " " || $0 == "," }.map { Double($0) ?? .nan }
        #expect(numbers.count == values.count * 2)
        #expect(numbers.allSatisfy { (0...640).contains($0) })
    }

    @Test("is left out where there is nothing to draw")
    func empty() {
        #expect(chart([]).svg == nil)
        #expect(chart([1]).svg == nil)
    }
}

extension String {
    /// The parts between occurrences of a text.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
