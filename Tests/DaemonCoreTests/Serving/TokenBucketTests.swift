import Testing

@testable import DaemonCore

@Suite("a token bucket")
struct TokenBucketTests {
    private let start = ContinuousClock.now

    /// At which of these moments, in milliseconds, a bucket of `perSecond` has a token.
    private func taken(_ perSecond: Int, _ moments: [Int]) -> [Bool] {
        var bucket = TokenBucket(perSecond: perSecond, at: start)
        return moments.map { bucket.take(at: start + .milliseconds($0)) == nil }
    }

    @Test("gives a second's worth at once, then one at a time, and saves up no more than a second's worth")
    func gives() {
        #expect(taken(3, [0, 0, 0, 0]) == [true, true, true, false])
        #expect(taken(2, [0, 0, 0, 499, 501, 502]) == [true, true, false, false, true, false])
        #expect(taken(2, [0, 0, 60_000, 60_000, 60_000]) == [true, true, true, true, false])
        #expect(taken(1, [0, 999, 1_000, 1_001]) == [true, false, true, false])
    }

    @Test("tells how long the next token takes, and has it then")
    func tellsHowLong() throws {
        var bucket = TokenBucket(perSecond: 4, at: start)
        let waits = [0, 0, 0, 0, 50, 251].map { bucket.take(at: start + .milliseconds($0)) }
        let wait = try #require(waits[4])
        #expect(wait > .milliseconds(199) && wait < .milliseconds(201))
        #expect(waits.count { $0 == nil } == 5)
    }

    @Test("in the long run gives as many as it says, however often it is asked")
    func longRun() {
        let count = taken(100, Array(0..<10_000)).count { $0 }
        #expect((1_090...1_100).contains(count))
    }
}
