import Jobs
import Testing

@Suite("The wait after failures")
struct RetryPolicyTests {
    private let policy = RetryPolicy(shortestDelay: .seconds(1), longestDelay: .seconds(300))

    @Test(
        "doubles from the shortest to the longest",
        arguments: [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (9, 256), (10, 300), (31, 300), (Int.max, 300)])
    func doubles(tries: Int, seconds: Int) {
        #expect(policy.delay(tries: tries, jitter: 0) == .seconds(seconds) / 2)
    }

    @Test("is spread over the upper half of itself", arguments: [0, 0.25, 0.5, 0.999_999])
    func spreads(jitter: Double) {
        for tries in 1..<40 {
            let shortest = policy.delay(tries: tries, jitter: 0)
            let delay = policy.delay(tries: tries, jitter: jitter)
            #expect(delay >= shortest && delay < shortest * 2)
        }
    }

    @Test("is never nothing, so that no failure is repeated at once")
    func positive() {
        #expect((0..<100).allSatisfy { policy.delay(tries: $0, jitter: 0) > .zero })
    }

    @Test("stays within the longest where the shortest is long")
    func longShortest() {
        let policy = RetryPolicy(shortestDelay: .seconds(3_600), longestDelay: .seconds(60))
        #expect(policy.delay(tries: 40, jitter: 0) == .seconds(30))
    }
}

@Suite("The interval between polls")
struct PollPolicyTests {
    private let policy = PollPolicy(shortestInterval: .seconds(2), longestInterval: .seconds(60))

    @Test("grows by half with each poll that brings nothing new")
    func grows() {
        let intervals = (0..<4).map { policy.interval(unchangedPolls: $0, jitter: 0.5) }
        #expect(intervals == [.seconds(2), .seconds(3), .milliseconds(4_500), .milliseconds(6_750)])
    }

    @Test("is at most the longest, however long nothing happens", arguments: [9, 40, 10_000, Int.max])
    func longest(unchangedPolls: Int) {
        #expect(policy.interval(unchangedPolls: unchangedPolls, jitter: 0.5) == .seconds(60))
    }

    @Test("varies by a fifth either way")
    func varies() {
        #expect(policy.interval(unchangedPolls: 0, jitter: 0) == .milliseconds(1_600))
        #expect(policy.interval(unchangedPolls: 100, jitter: 0) == .seconds(48))
        #expect(policy.interval(unchangedPolls: 0, jitter: 0.999) < .milliseconds(2_400))
    }
}
