import Testing

@testable import LineTransport

@Suite("Looking out for the next request")
struct LookoutTests {
    /// How many of so many chances are taken, each of which is in vain or not.
    private func taken(of count: Int, from chances: inout Lookout.Chances, inVain: Bool) -> Int {
        (0..<count).count { _ in
            guard chances.take() else { return false }
            chances.note(wasInVain: inVain)
            return true
        }
    }

    @Test("a client that asks one thing after the other is looked out for each time")
    func promptClient() {
        var chances = Lookout.Chances()
        #expect(taken(of: 1_000, from: &chances, inVain: false) == 1_000)
    }

    @Test("a client that takes its time is hardly ever looked out for")
    func slowClient() {
        var chances = Lookout.Chances()
        #expect(taken(of: 100_000, from: &chances, inVain: true) < 30)
    }

    @Test("who becomes prompt is looked out for each time before long")
    func change() {
        var chances = Lookout.Chances()
        _ = taken(of: 100_000, from: &chances, inVain: true)
        _ = taken(of: 16_384, from: &chances, inVain: false)
        #expect(taken(of: 1_000, from: &chances, inVain: false) == 1_000)
    }
}
