import Testing

@testable import finetunectl

@Suite("Progress")
struct ProgressBarTests {
    private let bar = ProgressBar(label: "importing", unit: "records", total: 1_000_000)

    @Test("tells share, count, rate and time left")
    func whole() {
        let line = bar.line(done: 250_000, elapsed: .seconds(5), width: 120)
        #expect(
            line
                == "importing [##########..............................]  25%  250,000/1,000,000  50,000 records/s  0:15 left"
        )
    }

    @Test("never wider than the terminal, at no state", arguments: [1, 10, 20, 40, 60, 80, 200])
    func narrow(width: Int) {
        for done in [0, 1, 999_999, 1_000_000, 2_000_000] {
            for elapsed in [Duration.zero, .milliseconds(600), .seconds(100_000)] {
                #expect(DisplayWidth.of(bar.line(done: done, elapsed: elapsed, width: width)) <= width)
            }
        }
    }

    @Test("nothing to do is done")
    func empty() {
        let line = ProgressBar(label: "checking", unit: "bytes", total: 0).line(done: 0, elapsed: .zero, width: 80)
        #expect(line.contains("100%"))
    }

    @Test(
        "numbers are grouped",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "-12,345")])
    func grouping(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test("durations read as clocks", arguments: [(0, "0:00"), (42, "0:42"), (600, "10:00"), (3_723, "1:02:03")])
    func clock(seconds: Int, text: String) {
        #expect(Duration.seconds(seconds).clock == text)
    }
}
