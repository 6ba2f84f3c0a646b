import Testing

@testable import Providers

@Suite("The pace of requests", .timeLimit(.minutes(1)))
struct RequestPaceTests {
    private let start = ContinuousClock.now

    @Test("a second's worth begins at once, and what comes then is spread evenly")
    func spread() {
        var slots = RequestSlots(perSecond: 4, from: start)
        let taken = (0..<9).map { _ in slots.take(at: start) }
        #expect(taken.filter { $0 <= start }.count == 5)
        #expect(taken.suffix(4) == (1...4).map { start + .milliseconds(250) * $0 }[...])
    }

    @Test("a long quiet time earns no more than a second's worth")
    func quiet() {
        var slots = RequestSlots(perSecond: 4, from: start)
        let later = start + .seconds(3_600)
        #expect((0..<20).map { _ in slots.take(at: later) }.filter { $0 <= later }.count == 5)
    }

    @Test("whoever waits for a slot can give up")
    func cancellation() async throws {
        let pace = RequestPace(perSecond: 1)
        let waiting = Task {
            for _ in 0..<10_000 { try await pace.takeSlot() }
        }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
