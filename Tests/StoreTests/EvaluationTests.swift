import Evaluations
import Identifiers
import Jobs
import Store
import Testing

@Suite("Evaluations in the state")
struct EvaluationTests {
    private static let tuned = EvaluatedModels.Model(provider: .openAI, name: "ft:model")

    private func order(
        _ number: Int = 20, baseline: Bool = true, questions: Int = 3, tokenLimit: Int? = nil,
        prices: EvaluationPrices = EvaluationPrices(), mostCost: Price? = nil, at moment: Timestamp = noon
    ) -> (Evaluation, [EvaluationQuestion]) {
        let evaluation = Evaluation(
            id: id(number), finetuning: id(10), connection: id(1),
            models: EvaluatedModels(
                candidate: Self.tuned, baseline: baseline ? .init(provider: .openAI, name: "gpt-4o-mini") : nil,
                alias: nil),
            tokenLimit: tokenLimit, questionCount: questions, prices: prices, mostCost: mostCost, metadata: nil,
            owner: 1_000, createdAt: moment, updatedAt: moment)
        let asked = (0..<questions).map {
            EvaluationQuestion(
                position: $0, record: id(100 + $0), question: "How many? \($0)", goldenSQL: "SELECT \($0)",
                wasTrainedOn: $0 == 1, mustPass: $0 == 2)
        }
        return (evaluation, asked)
    }

    private func answer(
        _ position: Int, _ contestant: Contestant, _ verdict: Verdict = .correct, promptTokens: Int? = 90
    ) -> EvaluationAnswer {
        EvaluationAnswer(
            position: position, contestant: contestant, sql: "SELECT \(position)", verdict: verdict, isExactMatch: true,
            promptTokens: promptTokens, answerTokens: 10, milliseconds: 12, at: noon)
    }

    private func withEvaluation(
        _ order: (Evaluation, [EvaluationQuestion]), _ test: (StateStore, StateFolder) async throws -> Void
    ) async throws {
        try await withStore { store, folder in
            let records = try await store.addConnection(records: 10)
            _ = try await store.create(finetuning(10, of: 1), records: records, happenings: [])
            try await store.create(order.0, questions: order.1)
            try await test(store, folder)
        }
    }

    @Test("what has no answer is what is still asked, after a crash too")
    func resuming() async throws {
        try await withEvaluation(order()) { store, folder in
            _ = try await store.keep(answer(0, .candidate), of: id(20))
            _ = try await store.keep(answer(0, .baseline, .invalid(reason: "it writes")), of: id(20))
            _ = try await store.keep(answer(2, .baseline), of: id(20))
            let again = try await folder.copyAfterCrash().open()
            let open = try await again.openQuestions(of: id(20), limit: 10)
            #expect(open.map(\.question.position) == [1, 2])
            #expect(try await again.openQuestions(of: id(20), from: 1, limit: 10) == open)
            #expect(try await again.openQuestions(of: id(20), from: 2, limit: 10) == [open[1]])
            #expect(open.map { $0.answers.map(\.contestant) } == [[], [.baseline]])
            #expect(try await again.unfinishedEvaluations() == [id(20)])
            #expect(try await again.evaluation(id(20)).tokenCount == 300)
            let answered = try await again.answers(of: id(20), PageRequest(number: 1, limit: 1)).items
            #expect(answered.first?.question == order().1[0])
            #expect(answered.first?.answers.map(\.verdict) == [.correct, .invalid(reason: "it writes")])
            try await again.close()
        }
    }

    @Test("the last answer ends it; an answer that comes twice counts once")
    func ending() async throws {
        try await withEvaluation(order(baseline: false, questions: 2)) { store, _ in
            for position in [0, 0, 1] { _ = try await store.keep(answer(position, .candidate), of: id(20)) }
            let evaluation = try await store.evaluation(id(20))
            #expect(evaluation.stage == .ended(.succeeded))
            #expect(evaluation.answerCount == 2)
            #expect(try await store.unfinishedEvaluations().isEmpty)
            let events = try await store.evaluationEvents(of: id(20), after: 0, limit: 10)
            #expect(events.map(\.name) == ["accepted", "answered", "answered", "succeeded"])
            #expect(events.map(\.sequence) == [1, 2, 3, 4])
        }
    }

    @Test("an answer that the state cannot hold is an error, not one that is kept already")
    func unkeepable() async throws {
        try await withEvaluation(order()) { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.keep(answer(0, .candidate, promptTokens: -1), of: id(20))
            }
            let evaluation = try await store.evaluation(id(20))
            #expect(evaluation.answerCount == 0)
        }
    }

    @Test("more tokens than were allowed end it")
    func tokenLimit() async throws {
        try await withEvaluation(order(tokenLimit: 150)) { store, _ in
            _ = try await store.keep(answer(0, .candidate), of: id(20))
            let evaluation = try await store.keep(answer(0, .baseline), of: id(20))
            guard case .ended(.failed(let reason)) = evaluation.stage else {
                Issue.record("\(evaluation.stage)")
                return
            }
            #expect(reason.contains("200 tokens"))
        }
    }

    @Test("a cancelled one stays so when an answer comes, and only one that is over is forgotten")
    func cancelling() async throws {
        try await withEvaluation(order()) { store, _ in
            await #expect(throws: StoreError.evaluationInProgress(id(20))) { try await store.deleteEvaluation(id(20)) }
            await #expect(throws: StoreError.inProgress(id(10))) { try await store.deleteFinetuning(id(10)) }
            try await store.apply(.cancelRequested, to: id(10))
            await #expect(throws: StoreError.evaluationInProgress(id(20))) { try await store.deleteFinetuning(id(10)) }
            #expect(try await store.cancelEvaluation(id(20), at: noon).stage == .ended(.cancelled))
            await #expect(throws: StoreError.evaluationOver(id(20), .cancelled)) {
                try await store.cancelEvaluation(id(20), at: noon)
            }
            let moved = try await store.move(id(20), to: .ended(.succeeded), telling: .ended(.succeeded), at: noon)
            #expect(moved.stage == .ended(.cancelled))
            let after = try await store.keep(answer(0, .candidate), of: id(20))
            #expect(after.answerCount == 1 && after.stage == .ended(.cancelled))
            #expect(try await store.evaluationEvents(of: id(20), after: 0, limit: 9).count == 2)
            try await store.deleteEvaluation(id(20))
            await #expect(throws: StoreError.notFound(.evaluation, id(20))) { try await store.evaluation(id(20)) }
        }
    }

    @Test("lists tell evaluations apart by finetuning and status")
    func lists() async throws {
        try await withEvaluation(order()) { store, _ in
            _ = try await store.move(id(20), to: .running(obstacle: nil), telling: .started, at: noon)
            #expect(try await store.evaluations(of: id(10), PageRequest()).total == 1)
            #expect(try await store.evaluations(of: id(11), PageRequest()).total == 0)
            #expect(try await store.evaluations(status: .running, PageRequest()).items.map(\.id) == [id(20)])
            #expect(try await store.evaluations(status: .succeeded, PageRequest()).total == 0)
        }
    }

    // MARK: Cost

    private let dollar = QuestionPrices(
        input: Price(microdollars: 1_000_000), output: Price(microdollars: 10_000_000))

    @Test("an evaluation counts the most that it may cost, and once it is over what its answers cost")
    func spending() async throws {
        let prices = EvaluationPrices(candidate: dollar, baseline: dollar)
        let ordered = order(questions: 1, prices: prices, mostCost: Price("0.50"))
        try await withEvaluation(ordered) { store, _ in
            #expect(try await store.evaluation(id(20)).prices == prices)
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("0.50"))
            #expect(try await store.spending(of: 1_000, at: noon).finetuningsToday == 0)
            _ = try await store.keep(answer(0, .candidate), of: id(20))
            #expect(try await store.spending(of: 1_001, at: noon).thisMonth == Price("0.50"))
            _ = try await store.keep(answer(0, .baseline), of: id(20))
            // 90 tokens read and 10 written, by each of two models.
            #expect(try await store.spending(of: 1_000, at: noon).ofUserThisMonth == Price("0.00038"))
            try await store.deleteEvaluation(id(20))
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("0.00038"))
        }
    }

    @Test("answers that were under way at the end count too, as the most where the provider does not tell their tokens")
    func underWayAtTheEnd() async throws {
        let prices = EvaluationPrices(candidate: dollar, baseline: dollar)
        let ordered = order(tokenLimit: 1, prices: prices, mostCost: Price("0.50"))
        try await withEvaluation(ordered) { store, _ in
            let ended = try await store.keep(answer(0, .candidate), of: id(20))
            #expect(ended.stage.isOver)
            let late = [answer(0, .baseline), answer(1, .candidate), answer(1, .candidate)]
            for answer in late { #expect(try await store.keep(answer, of: id(20)).stage == ended.stage) }
            #expect(try await store.evaluation(id(20)).tokenCount == 300)
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("0.00057"))
            #expect(try await store.evaluationEvents(of: id(20), after: 0, limit: 9).last?.name == "failed")

            _ = try await store.keep(answer(1, .baseline, promptTokens: nil), of: id(20))
            #expect(try await store.spending(of: 1_000, at: noon).thisMonth == Price("0.50"))
        }
    }

    @Test("what is over budget, or has no price where money is bounded, is refused and leaves nothing behind")
    func overBudget() async throws {
        try await withEvaluation(order()) { store, _ in
            let budget = Budget(perMonth: Price("1.00"))
            let (first, questions) = order(21, mostCost: Price("0.60"))
            try await store.create(first, questions: questions, within: budget)
            let (second, others) = order(22, mostCost: Price("0.60"))
            await #expect(throws: StoreError.self) { try await store.create(second, questions: others, within: budget) }
            let (unpriced, more) = order(23)
            await #expect(throws: StoreError.overBudget(.unknownPrice(of: .questions))) {
                try await store.create(unpriced, questions: more, within: budget)
            }
            #expect(try await store.evaluations(PageRequest()).items.map(\.id) == [id(20), id(21)])
        }
    }

    // MARK: Retention

    @Test("old evaluations are forgotten, but for those that something needs")
    func pruning() async throws {
        try await withEvaluation(order(baseline: false, questions: 1)) { store, _ in
            for number in 21...24 {
                let (evaluation, questions) = order(number, baseline: number == 24, questions: 1)
                try await store.create(evaluation, questions: questions)
            }
            // 20, 21 and 22 succeed, 23 is cancelled, 24 goes on.
            for number in 20...22 { _ = try await store.keep(answer(0, .candidate), of: id(number)) }
            _ = try await store.move(id(23), to: .ended(.cancelled), telling: .ended(.cancelled), at: noon)
            let later = noon.advanced(by: .seconds(10))
            #expect(try await store.pruneEvaluations(before: noon, limit: 10) == 0)
            #expect(try await store.pruneEvaluations(before: later, limit: 1) == 1)
            #expect(try await store.pruneEvaluations(before: later, limit: 10) == 2)
            #expect(try await store.evaluations(PageRequest()).items.map(\.id) == [id(22), id(24)])
        }
    }
}
