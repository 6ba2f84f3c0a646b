import SeededRandomness
import Testing

@testable import Providers

@Suite("When requests begin", .timeLimit(.minutes(5)))
struct RequestTurnsTests {
    private let start = ContinuousClock.now

    @Test("no second and a twentieth, wherever it begins, has more than the pace in it", arguments: [1, 7, 50, 500])
    func pace(perSecond: Int) {
        let second = Duration.milliseconds(1_050)
        var random = SeededGenerator(seed: 11)
        var turns = RequestTurns(connections: .max, perSecond: perSecond, from: start)
        var begun: [ContinuousClock.Instant] = []
        var now = start
        while now < start + .seconds(20) {
            if turns.begin(at: now) { begun.append(now) }
            // Crowds, waits just as long as they need to be, and pauses.
            switch random.below(200) {
            case 0: now += .milliseconds(random.below(1_500))
            case 1..<20: now += .microseconds(random.below(3_000))
            default: now = max(now, turns.next ?? now)
            }
        }
        #expect(begun.count > 5 * perSecond)
        for (place, first) in begun.enumerated() {
            #expect(begun[place...].prefix { $0 < first + second }.count <= perSecond)
        }
    }

    @Test("after a quiet time, however long, a twentieth of a second's worth begins at once")
    func quiet() {
        var turns = RequestTurns(connections: .max, perSecond: 110, from: start)
        let later = start + .seconds(3_600)
        let begun = (0..<100).filter { _ in turns.begin(at: later) }
        #expect(begun.count == 5)
    }

    @Test("a request that was sent twice takes up two in the pace")
    func repeated() {
        var turns = RequestTurns(connections: 1, perSecond: 1, from: start)
        begin(&turns)
        turns.end(at: start, isConnectionKept: true, sendings: 2)
        let isNext = turns.begin(at: start + .milliseconds(2_000))
        #expect(!isNext)
        begin(&turns, at: start + .milliseconds(2_151))
    }

    @Test("as many are under way as there are connections, and the next begins when one ends")
    func connections() {
        var turns = RequestTurns(connections: 2, perSecond: 1_000, from: start)
        let begun = (0..<3).map { _ in turns.begin(at: start) }
        #expect(begun == [true, true, false])
        #expect(turns.next == nil)
        turns.end(at: start, isConnectionKept: true)
        begin(&turns)
    }

    @Test("the place of a connection that was given up is free a moment later")
    func givenUp() {
        var turns = RequestTurns(connections: 1, perSecond: 1_000, from: start)
        begin(&turns)
        turns.end(at: start, isConnectionKept: false)
        let isFree = turns.begin(at: start)
        #expect(!isFree)
        #expect(turns.next == start + .milliseconds(100))
        begin(&turns, at: start + .milliseconds(100))
    }

    private func begin(_ turns: inout RequestTurns, at now: ContinuousClock.Instant? = nil) {
        let hasBegun = turns.begin(at: now ?? start)
        #expect(hasBegun)
    }
}
