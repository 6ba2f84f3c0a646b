import Identifiers
import Jobs
import LineTransport
import SeededRandomness
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("whatever goes wrong, and in whatever order, an evaluation", .timeLimit(.minutes(5)))
struct EvaluationStormTests {
    @Test("ends, asks nothing twice that was answered, and keeps to its tokens", arguments: UInt64(0)..<30)
    func storm(seed: UInt64) async throws {
        var storm = try EvaluationStorm(seed: seed)
        let id = try await storm.pass()
        try await withDaemon(at: storm.workplace, storm.provider, storm.setup) { daemon in
            let events = try await daemon.followEvaluation(id)
            let evaluation = try await daemon.client.call(Routes.readEvaluation, id)
            try await check(evaluation, events, after: storm)
            let answers = try await daemon.client.call(
                Routes.evaluationAnswers, id, query: EvaluationAnswersQuery(limit: 100))
            let after = try await daemon.client.call(Routes.readEvaluation, id)
            #expect((evaluation.answers...after.answers).contains(answers.reduce(0) { $0 + $1.count }))
        }
    }

    private func check(
        _ evaluation: Wire.Evaluation, _ events: [Wire.FinetuningEvent], after storm: EvaluationStorm
    ) async throws {
        let answered = events.count { $0.event == "answered" }
        #expect(events.map(\.sequence) == Array(1...events.count))
        #expect(events.count { ["succeeded", "failed", "cancelled"].contains($0.event) } == 1)
        // Answers that come after the end are kept, and are no events.
        let late = evaluation.answers - answered
        #expect(late >= 0 && late <= EvaluationStorm.underWay)
        switch evaluation.status {
        case .succeeded: #expect(late == 0 && evaluation.answers == evaluation.neededAnswers)
        case .failed: #expect(evaluation.tokensUsed >= (evaluation.maximumTokens ?? .max))
        case .cancelled: #expect(storm.wasCancelled)
        case .queued, .running: Issue.record("it goes on")
        }
        if let limit = evaluation.maximumTokens {
            #expect(evaluation.tokensUsed < limit + EvaluationStorm.underWay * EvaluationStorm.tokens)
        }
        // What was under way when the daemon ended, or the evaluation, may have been answered for nothing.
        let interruptions = storm.restarts + (evaluation.status == .succeeded ? 0 : 1)
        let heard = await storm.provider.answered
        #expect(heard.count <= answered + interruptions * EvaluationStorm.underWay)
        let timesAsked = Dictionary(grouping: heard) { "\($0.model)" + ($0.messages.last?.content ?? "") }
            .mapValues(\.count)
        #expect(timesAsked.values.allSatisfy { $0 <= 1 + storm.restarts })
    }
}

/// An evaluation's bad days: a provider that is down, refuses or loses answers, a database that goes away or is locked,
/// a queue that is full, a user who cancels, and a daemon that is stopped and started again.
struct EvaluationStorm {
    /// What each answer takes.
    static let tokens = 107
    /// The questions of one evaluation that are under way at a time.
    static let underWay = 8

    let workplace: Workplace
    let provider = ScriptedProvider()
    let restarts: Int
    let setup: Setup
    private(set) var wasCancelled = false
    private var random: SeededGenerator

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        workplace = try Workplace()
        restarts = random.pick([0, 0, 1, 3])
        var setup = Setup()
        setup.completions = CompletionLimits(concurrency: random.pick([1, 4]), waiting: random.pick([2, 64]))
        setup.queries.lockWait = .zero
        self.setup = setup
        self.random = random
    }

    /// Orders an evaluation and lets the storm pass over it. When this returns, nothing is wrong any more.
    mutating func pass() async throws -> ObjectID {
        var id: ObjectID?
        for _ in 0...restarts {
            let daemon = try await TestDaemon.start(at: workplace, provider, setup)
            if id == nil { id = try await order(from: daemon) }
            try await rage(over: try #require(id), on: daemon)
            try await daemon.stop()
        }
        await provider.forgetScript(of: .complete)
        return try #require(id)
    }

    private mutating func order(from daemon: TestDaemon) async throws -> ObjectID {
        let grounds = try await Grounds.prepare(daemon)
        let records = random.pick([1, 3, 6])
        let limit = random.chance(30) ? random.pick([1, 107, 500]) : nil
        await loseSomeAnswers()
        return try await daemon.orderEvaluation(grounds, records: records, maximumTokens: limit).id
    }

    private mutating func loseSomeAnswers() async {
        for _ in 0..<10 {
            await provider.script(
                .complete,
                random.pick([
                    .succeed, .succeed, .succeed, .fail(.down), .fail(.tooOften), .fail(.lost), .loseAnswer(.lost),
                    .fail(.notAllowed),
                ]))
            await provider.answer(random.pick([ScriptedProvider.usualAnswer, "", "DELETE FROM books", "SELECT 1; "]))
        }
    }

    private mutating func rage(over id: ObjectID, on daemon: TestDaemon) async throws {
        await loseSomeAnswers()
        switch random.pick([Trouble.none, .none, .gone, .locked]) {
        case .none: break
        case .gone: try await workplace.without { try await obstacle(of: id, on: daemon) }
        case .locked: try await workplace.locking { try await obstacle(of: id, on: daemon) }
        }
        var patience = random.pick([1, 3, 30])
        try await daemon.followEvaluation(id) { _ in
            patience -= 1
            return patience == 0
        }
        guard random.chance(15) else { return }
        wasCancelled = true
        _ = try await daemon.client.send(.post, "/api/v1/evaluations/\(id)/cancel")
    }

    private enum Trouble {
        case none, gone, locked
    }

    /// Waits until the evaluation does not get on, or is over.
    private func obstacle(of id: ObjectID, on daemon: TestDaemon) async throws {
        while true {
            let evaluation = try await daemon.client.call(Routes.readEvaluation, id)
            switch evaluation.status {
            case .queued: continue
            case .running: if evaluation.obstacle != nil { return }
            case .succeeded, .failed, .cancelled: return
            }
        }
    }
}

extension EvaluationResult {
    fileprivate var count: Int { (candidate == nil ? 0 : 1) + (baseline == nil ? 0 : 1) }
}
