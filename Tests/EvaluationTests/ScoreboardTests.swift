import Identifiers
import Testing

@testable import Evaluation

@Suite struct ScoreboardTests {
    private func question(_ position: Int, _ sql: String = "SELECT 1", mustPass: Bool = false) -> EvaluationQuestion {
        EvaluationQuestion(
            position: position, record: ObjectID(seconds: 1, suffix: UInt64(position)), question: "How many?",
            goldenSQL: sql, wasTrainedOn: false, mustPass: mustPass)
    }

    private func answer(_ position: Int, _ contestant: Contestant, _ verdict: Verdict) -> EvaluationAnswer {
        EvaluationAnswer(
            position: position, contestant: contestant, sql: "SELECT 1", verdict: verdict,
            isExactMatch: verdict == .correct, promptTokens: 10, answerTokens: 2, milliseconds: 100 + position,
            at: Timestamp(microseconds: 0))
    }

    @Test func `what nobody can judge counts for neither side`() throws {
        var board = Scoreboard(contestants: Contestant.allCases)
        let verdicts: [(Verdict, Verdict)] = [
            (.correct, .different), (.correct, .correct), (.invalid(reason: "it writes"), .correct),
            (.unjudged(reason: "locked"), .unjudged(reason: "locked")),
        ]
        for (position, (candidate, baseline)) in verdicts.enumerated() {
            board.add(
                question(position), [answer(position, .candidate, candidate), answer(position, .baseline, baseline)])
        }
        let candidate = try #require(board.scores[.candidate])
        #expect(candidate.overall.right == 2)
        #expect(candidate.overall.judged == 3)
        #expect(candidate.unjudgedCount == 1)
        #expect(candidate.valid.share?.share == 2.0 / 3)
        #expect(candidate.promptTokens == 40)
        #expect(candidate.latency?[50] == 101)
        #expect(board.pairs == .of(1, 1, 1, 0))
    }

    @Test func `accuracy is told apart by the features of the golden SQL`() throws {
        var board = Scoreboard(contestants: [.candidate])
        board.add(question(0, "SELECT a FROM t GROUP BY a"), [answer(0, .candidate, .correct)])
        board.add(question(1, "SELECT a FROM t JOIN u GROUP BY a"), [answer(1, .candidate, .different)])
        board.add(question(2), [answer(2, .candidate, .correct)])
        let score = try #require(board.scores[.candidate])
        #expect(score.byFeature[.group]?.share?.share == 0.5)
        #expect(score.byFeature[.join]?.share?.share == 0)
        #expect(score.byFeature[.window] == nil)
        #expect(score.plain.right == 1)
        #expect(board.pairs.total == 0)
    }

    @Test func `a record that must pass is lost only where the model before had it`() {
        var board = Scoreboard(contestants: Contestant.allCases)
        let cases: [(Verdict, Verdict)] = [
            (.different, .correct), (.different, .different), (.correct, .different),
            (.different, .unjudged(reason: "")),
        ]
        for (position, (candidate, baseline)) in cases.enumerated() {
            board.add(
                question(position, mustPass: true),
                [answer(position, .candidate, candidate), answer(position, .baseline, baseline)])
        }
        #expect(board.regressions.map(\.suffix) == [0, 3])
    }
}
