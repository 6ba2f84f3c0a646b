import GRDB
import Identifiers
import Jobs
import LineTransport
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI
@testable import Store

@Suite("evaluations", .timeLimit(.minutes(3)))
struct EvaluationTests {
    @Test("each model is asked each question with the very prompt of training, and its SQL judged by what it gives")
    func anEvaluationIsCarriedOut() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let evaluation = try await daemon.evaluate(grounds)
            #expect(evaluation.status == .succeeded)
            #expect(evaluation.answers == 4 && evaluation.neededAnswers == 4)
            #expect(evaluation.tokensUsed == 4 * 107)
            let models = await daemon.provider.questions.map(\.model.rawValue)
            #expect(models.count { $0 == evaluation.candidate.modelID } == 2)
            #expect(models.count { $0 == evaluation.baseline?.modelID } == 2)
            let answers = try await daemon.client.call(
                Routes.evaluationAnswers, evaluation.id, query: EvaluationAnswersQuery(results: true))
            #expect(answers.map(\.goldenSQL) == grounds.library.records.prefix(2).map(\.sql))
            #expect(answers.allSatisfy { $0.trainedOn && $0.goldenResult?.columns == ["title"] })
            #expect(answers[0].candidate?.verdict == .correct)
            #expect(answers[0].candidate?.exactMatch == true)
        }
    }

    @Test("wrong, fenced, missing and writing SQL each count as what they are")
    func answersAreJudged() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            await daemon.provider.answer(
                "DELETE FROM books", "```sql\nSELECT nothing FROM books\n```", "", "SELECT 1; SELECT 2")
            let evaluation = try await daemon.evaluate(grounds)
            let answers = try await daemon.client.call(
                Routes.evaluationAnswers, evaluation.id, query: EvaluationAnswersQuery())
            let verdicts = answers.flatMap { [$0.candidate?.verdict, $0.baseline?.verdict] }
            #expect(verdicts == [.invalid, .invalid, .invalid, .invalid])
            let accuracy = try #require(evaluation.summary?.candidate.executionAccuracy)
            #expect(accuracy.count == 0 && accuracy.of == 2)
        }
    }

    @Test("a provider that is down is waited for, and what was answered is not asked again after a restart")
    func itGoesOn() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var id: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            await provider.script(.complete, .succeed, .fail(.downForHours))
            id = try await daemon.orderEvaluation(grounds).id
            try await daemon.followEvaluation(try #require(id)) { $0.event == "waiting" }
        }
        let asked = await provider.questions.count
        try await withDaemon(at: workplace, provider) { daemon in
            let evaluation = try await daemon.evaluationEnd(of: try #require(id))
            #expect(evaluation.status == .succeeded)
            #expect(evaluation.answers == 4)
            let answered = await provider.questions.count - asked
            #expect(answered < 4)
        }
    }

    @Test("while the database is gone nothing is asked, and the evaluation says what is in its way")
    func vanishedDatabase() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let id = try await daemon.workplace.without {
                let id = try await daemon.orderEvaluation(grounds).id
                try await daemon.followEvaluation(id) { $0.event == "waiting" }
                let evaluation = try await daemon.client.call(Routes.readEvaluation, id)
                #expect(evaluation.obstacle?.contains("No such file") == true)
                #expect(await daemon.provider.questions.isEmpty)
                return id
            }
            let evaluation = try await daemon.evaluationEnd(of: id)
            #expect(evaluation.status == .succeeded)
            #expect(evaluation.summary?.candidate.unjudged == 0)
            #expect(await daemon.provider.questions.count == 4)
        }
    }

    @Test("an answer that comes while the database is locked is judged later, and not asked for again")
    func lockedDatabase() async throws {
        var setup = Setup()
        setup.queries.lockWait = .zero
        try await withDaemon(ScriptedProvider(), setup) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let gate = Gate()
            await daemon.provider.script(.complete, .holdAfter(gate))
            let id = try await daemon.orderEvaluation(grounds).id
            await gate.reached()
            try await daemon.workplace.locking {
                gate.open()
                try await daemon.followEvaluation(id) { $0.event == "waiting" && $0.message.contains("locked") }
            }
            let evaluation = try await daemon.evaluationEnd(of: id)
            #expect(evaluation.status == .succeeded)
            #expect(evaluation.summary?.candidate.unjudged == 0)
            #expect(await daemon.provider.questions.count == 4)
        }
    }

    @Test("a question whose answer always gets lost is asked so often, and then has none")
    func lostAnswers() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            // One of the two models is answered in between, so that the provider does not count as down.
            await daemon.provider.script(
                .complete, [.fail(.lost), .succeed] + Array(repeating: .fail(.lost), count: 100))
            let ordered = try await daemon.orderEvaluation(grounds, records: 1)
            let evaluation = try await daemon.evaluationEnd(of: ordered.id)
            #expect(evaluation.status == .succeeded && evaluation.answers == 2)
            #expect(await daemon.provider.calls[.complete] == 1 + EvaluationPatience.lostAnswers)
            let answers = try await daemon.client.call(
                Routes.evaluationAnswers, evaluation.id, query: EvaluationAnswersQuery())
            let verdicts = answers.flatMap { [$0.candidate, $0.baseline] }.compactMap { $0 }
            #expect(verdicts.count { $0.verdict == .unanswered && $0.reason?.contains("reset") == true } == 1)
        }
    }

    @Test("a model that was just made may be unknown for a while; one that stays unknown fails the evaluation")
    func unknownModel() async throws {
        var patient = Setup()
        patient.missingTime = .seconds(10_000)
        for (setup, status) in [(patient, Wire.EvaluationStatus.succeeded), (Setup(), .failed)] {
            try await withDaemon(ScriptedProvider(), setup) { daemon in
                let grounds = try await Grounds.prepare(daemon)
                let count = status == .failed ? 10_000 : 5
                await daemon.provider.script(.complete, Array(repeating: .fail(.missing), count: count))
                let evaluation = try await daemon.evaluate(grounds)
                #expect(evaluation.status == status)
            }
        }
    }

    @Test("without its provider in the configuration it waits, visibly, until that is back")
    func withoutItsProvider() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var made: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let gate = Gate()
            await provider.script(.complete, .holdBefore(gate))
            made = try await daemon.orderEvaluation(grounds).id
            await gate.reached()
        }
        let id = try #require(made)
        try await withDaemon(at: workplace, ScriptedProvider(name: ProviderName(rawValue: "acme"))) { daemon in
            for try await element in try daemon.client.stream(
                Routes.evaluationEvents, id, query: EventsQuery(follow: true))
            {
                guard case .response(let event) = element, event.message.contains("openai") == false else { break }
            }
            let waiting = try await daemon.client.call(Routes.readEvaluation, id)
            #expect(waiting.status == .running && waiting.obstacle?.contains("openai") == true)
            #expect(!daemon.log.lines.contains { $0.contains("APIError") })
        }
        try await withDaemon(at: workplace, provider) { daemon in
            let evaluation = try await daemon.evaluationEnd(of: id)
            #expect(evaluation.status == .succeeded)
        }
    }

    @Test("nothing is asked while the state takes no writes: no answer could be kept")
    func unwritableState() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            try await daemon.store.write { db in
                try db.execute(
                    sql: """
                        CREATE TRIGGER full BEFORE INSERT ON sign_of_life BEGIN SELECT RAISE(ABORT, 'no more room'); END
                        """)
            }
            let evaluation = try await daemon.orderEvaluation(grounds)
            await daemon.log.wait(for: 2, containing: "no more room")
            #expect(await daemon.provider.questions.isEmpty)
            try await daemon.store.write { db in try db.execute(sql: "DROP TRIGGER full") }
            #expect(try await daemon.evaluationEnd(of: evaluation.id).status == .succeeded)
        }
    }

    @Test("a plan says what an evaluation costs and what a budget says to that; scores say what it cost")
    func cost() async throws {
        try await withDaemon(ScriptedProvider(), Setup(budget: Budget(perFinetuning: Price("10.00")))) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let order = NewEvaluation(
                goldenRecords: grounds.library.records.prefix(2).map(\.id), includeTraining: true)
            let plan = try await daemon.client.call(Routes.planEvaluation, grounds.succeeded, body: order)
            #expect(plan.cost != nil && plan.mostCost != nil && plan.costReason == nil && plan.obstacle == nil)
            let evaluation = try await daemon.evaluate(grounds)
            // Two answers of 100 tokens read and 7 written each, at 0.30 and 1.20 dollars a million.
            #expect(evaluation.summary?.candidate.cost == "0.000077")

            var (all, limited) = (order, order)
            all.goldenRecords = grounds.library.records.map(\.id)
            limited.goldenRecords = all.goldenRecords
            limited.maximumTokens = 1
            let whole = try await daemon.client.call(Routes.planEvaluation, grounds.succeeded, body: all)
            let early = try await daemon.client.call(Routes.planEvaluation, grounds.succeeded, body: limited)
            let (most, least) = (try #require(whole.mostCost), try #require(early.mostCost))
            #expect(try #require(Double(least)) < #require(Double(most)))

            var unpriced = order
            unpriced.baselineModel = "somebody-elses"
            let unknown = try await daemon.client.call(Routes.planEvaluation, grounds.succeeded, body: unpriced)
            #expect(unknown.cost == nil && unknown.costReason?.contains("somebody-elses") == true)
            #expect(unknown.obstacle?.contains("a budget is configured") == true)
            let refused = try await daemon.client.send(
                .post, "/api/v1/finetunings/\(grounds.succeeded)/evaluations",
                body: [
                    "golden_records": [.id(grounds.library.records[0].id)], "include_training": true,
                    "baseline_model": "somebody-elses",
                ])
            #expect(try refused.refusal().code == .budgetExceeded)
        }
    }

    @Test("answers that were under way when its limit ended an evaluation are kept, and what they cost counts")
    func underWayAtTheEnd() async throws {
        try await withDaemon { daemon in
            let grounds = try await Grounds.prepare(daemon)
            func spent(by evaluation: () async throws -> Void) async throws -> Double {
                let before = try await daemon.store.spending(of: 0, at: .now).thisMonth.dollars
                try await evaluation()
                return try await daemon.store.spending(of: 0, at: .now).thisMonth.dollars - before
            }
            let whole = try await spent { _ = try await daemon.evaluate(grounds) }
            let gate = Gate()
            await daemon.provider.script(.complete, Array(repeating: .holdAfter(gate), count: 3))
            let limited = try await spent {
                let id = try await daemon.orderEvaluation(grounds, maximumTokens: 1).id
                #expect(try await daemon.evaluationEnd(of: id).status == .failed)
                gate.open()
                var evaluation = try await daemon.client.call(Routes.readEvaluation, id)
                while evaluation.answers < 4 {
                    evaluation = try await daemon.client.call(Routes.readEvaluation, id)
                }
                #expect(evaluation.status == .failed && evaluation.tokensUsed == 4 * 107)
                #expect(try await daemon.followEvaluation(id).last?.event == "failed")
            }
            #expect(abs(limited - whole) < 1e-9)
        }
    }

    @Test("a held-out record that was removed since is not asked, and the others are")
    func removedRecord() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            var heldOut: [ObjectID] = []
            for sql in ["SELECT title FROM books WHERE NOT year <= 1900", "SELECT title FROM books WHERE year >= 1901"]
            {
                heldOut.append(try await daemon.addRecord(sql, to: library.connection.id).id)
            }
            let finetuning = try await daemon.client.call(
                Routes.createFinetuning,
                body: NewFinetuning(databaseConnection: library.connection.id, validationGoldenRecords: heldOut))
            _ = try await daemon.end(of: finetuning.id)
            _ = try await daemon.client.call(Routes.deleteRecord, heldOut[0])
            let evaluation = try await daemon.client.call(
                Routes.createEvaluation, finetuning.id, body: NewEvaluation())
            #expect(evaluation.questions == 1)
        }
    }
}
