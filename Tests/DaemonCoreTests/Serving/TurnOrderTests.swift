import Testing

@testable import DaemonCore

@Suite("turns", .timeLimit(.minutes(5)))
struct TurnOrderTests {
    /// A step: somebody of a party asks, or a turn of a party is over.
    enum Step: Sendable {
        case ask(String)
        case finish(String)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let limits: TurnLimits
        let steps: [Step]
        /// Who has begun by then, in order.
        let begun: String
    }

    static let cases = [
        Case(
            testDescription: "one who asks once waits for one of another, not for all of its",
            limits: TurnLimits(places: 1),
            steps: [
                .ask("a"), .ask("a"), .ask("a"), .ask("a"), .ask("b"), .finish("a"), .finish("a"), .finish("b"),
                .finish("a"),
            ], begun: "aabaa"),
        Case(
            testDescription: "of many who ask, each has one before anybody has another",
            limits: TurnLimits(places: 1),
            steps: [
                .ask("a"), .ask("a"), .ask("b"), .ask("b"), .ask("c"), .ask("c"), .finish("a"), .finish("a"),
                .finish("b"), .finish("c"), .finish("a"),
            ], begun: "aabcbc"),
        Case(
            testDescription: "nobody has more than its share, though there is room",
            limits: TurnLimits(places: 4, share: 2), steps: [.ask("a"), .ask("a"), .ask("a"), .ask("b")], begun: "aab"),
        Case(
            testDescription: "whoever has its share gets its next turn when one of its own is over",
            limits: TurnLimits(places: 4, share: 2),
            steps: [.ask("a"), .ask("a"), .ask("a"), .ask("b"), .finish("b"), .finish("a")], begun: "aaba"),
        Case(
            testDescription: "a place goes past those who have their share",
            limits: TurnLimits(places: 3, share: 2),
            steps: [.ask("a"), .ask("a"), .ask("b"), .ask("a"), .ask("c"), .finish("b")], begun: "aabc"),
    ]

    @Test("go round", arguments: cases)
    func goRound(_ example: Case) throws {
        var order = TurnOrder<String>(limits: example.limits)
        var waiting: [TurnOrder<String>.Ticket: String] = [:]
        var begun = ""
        for step in example.steps {
            switch step {
            case .ask(let party):
                switch order.ask(party) {
                case .go: begun += party
                case .wait(let ticket): waiting[ticket] = party
                case .full: Issue.record("nobody may be refused")
                }
            case .finish(let party):
                let (before, _) = (order.called, order.finish(party))
                for ticket in order.called.subtracting(before) { begun += try #require(waiting[ticket]) }
            }
        }
        #expect(begun == example.begun)
    }

    @Test("one who goes away before its turn is passed over")
    func leaving() throws {
        var order = TurnOrder<String>(limits: TurnLimits(places: 1))
        _ = order.ask("a")
        guard case .wait(let gone) = order.ask("b"), case .wait(let next) = order.ask("c") else {
            Issue.record("both have to wait")
            return
        }
        _ = order.leave(gone)
        _ = order.finish("a")
        #expect(order.called == [next])
    }

    @Test("more than may wait are refused")
    func full() async throws {
        let turns = Turns<String>(limits: TurnLimits(places: 1, waiting: 0))
        await #expect(throws: TooManyWait.self) {
            try await turns.inTurn(of: "a") { try await turns.inTurn(of: "b") {} }
        }
        try await turns.inTurn(of: "b") {}
    }
}
