import Testing

@testable import Evaluation

@Suite struct ResultComparisonTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let golden: [[String]]
        let other: [[String]]
        let same: Bool
        var sameInOrder: Bool?
    }

    static let cases: [Case] = [
        Case(testDescription: "nothing and nothing", golden: [], other: [], same: true),
        Case(testDescription: "nothing and a row", golden: [], other: [["a"]], same: false),
        Case(testDescription: "the same", golden: [["a", "b"]], other: [["a", "b"]], same: true),
        Case(
            testDescription: "columns turned", golden: [["a", "1"], ["b", "2"]], other: [["1", "a"], ["2", "b"]],
            same: true),
        Case(
            testDescription: "rows turned", golden: [["a"], ["b"]], other: [["b"], ["a"]], same: true,
            sameInOrder: false),
        Case(
            testDescription: "a row twice", golden: [["a"], ["a"], ["b"]], other: [["a"], ["b"], ["b"]], same: false),
        Case(testDescription: "a column more", golden: [["a"]], other: [["a", "b"]], same: false),
        Case(
            testDescription: "the cells of a column each in another row",
            golden: [["a", "1"], ["b", "2"]], other: [["a", "2"], ["b", "1"]], same: false),
        Case(
            testDescription: "columns that only together tell",
            golden: [["0", "0", "1"], ["0", "1", "0"], ["1", "0", "0"]],
            other: [["1", "0", "0"], ["0", "0", "1"], ["0", "1", "0"]], same: true, sameInOrder: true),
        Case(
            testDescription: "one column for two", golden: [["a", "a"], ["b", "b"]], other: [["a", "b"], ["b", "a"]],
            same: false),
    ]

    @Test(arguments: cases) func `results are compared as bags of rows, up to the order of columns`(_ given: Case) {
        #expect(ResultComparison.isSame(given.golden, as: given.other, inOrder: false) == given.same)
        #expect(
            ResultComparison.isSame(given.golden, as: given.other, inOrder: true) == given.sameInOrder ?? given.same)
    }

    @Test func `columns that are made to be confused come to an end`() {
        let size = 24
        let golden = (0..<size).map { row in (0..<size).map { $0 == row ? "1" : "0" } }
        let other = golden.map { Array($0.reversed()) }
        #expect(ResultComparison.isSame(golden, as: other, inOrder: false))
    }
}
