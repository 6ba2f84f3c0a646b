import Evaluations
import Identifiers
import Jobs
import LineTransport
import Store
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("what measuring costs in a plan", .timeLimit(.minutes(5)))
struct PlannedMeasuringTests {
    @Test("a plan without auto_promote does not allow it, and the refusal names it and what each of the two costs")
    func anotherAlias() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let plain = try await daemon.plan(library, promotingTo: nil)
            let refusal = try await daemon.refusal(library, promotingTo: "sales", agreedTo: plain)
            #expect(refusal.message.contains("auto_promote \"sales\"") && refusal.message.contains("no auto_promote"))
            #expect(refusal.dollars("cost") == plain.cost.most && refusal.dollars("planned_cost") == plain.cost.most)
            #expect(try #require(refusal.dollars("measuring_cost")) > 0)
            #expect(refusal.detail["planned_measuring_cost"] == nil)
        }
    }

    @Test("another price of answers changes the plans with auto_promote alone, and the refusal says that it is that")
    func anotherPrice() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let plain = try await daemon.plan(library, promotingTo: nil)
            let promoting = try await daemon.plan(library, promotingTo: "sales")
            daemon.changeModel { $0.tunedQuestionPrices?.output = Price(microdollars: 2_400_000) }
            #expect(try await daemon.plan(library, promotingTo: nil).planSHA256 == plain.planSHA256)
            let refusal = try await daemon.refusal(library, promotingTo: "sales", agreedTo: promoting)
            #expect(refusal.message.contains("measuring it") && !refusal.message.contains("its price"))
            #expect(refusal.dollars("cost") == refusal.dollars("planned_cost"))
            let (now, before) = (refusal.dollars("measuring_cost"), refusal.dollars("planned_measuring_cost"))
            #expect(try #require(now) > #require(before))
        }
    }

    @Test("golden records that must pass count though they are trained on, and measuring costs no more than was said")
    func mustPass() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let before = try await daemon.plan(library, promotingTo: "sales")
            _ = try await daemon.client.call(
                Routes.changeRecord, library.records[0].id,
                body: GoldenRecordChanges(metadata: .set(["must_pass": true])))
            let refusal = try await daemon.refusal(library, promotingTo: "sales", agreedTo: before)
            #expect(refusal.message.contains("3 questions") && refusal.message.contains("2 questions"))
            #expect(refusal.dollars("cost") == before.cost.most)

            let plan = try await daemon.plan(library, promotingTo: "sales")
            #expect(plan.problems.contains { $0.message.contains("the 2 questions held out and 1 that must pass") })
            var order = NewFinetuning(library, promotingTo: "sales")
            order.planSHA256 = plan.planSHA256
            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            let promotion = try await daemon.end(of: made.id).automaticPromotion
            let evaluation = try await daemon.store.evaluation(try #require(promotion?.evaluation))
            #expect(evaluation.questionCount == 3)
            let most = try #require(evaluation.mostCost?.dollars)
            #expect(try most <= #require(refusal.dollars("measuring_cost")))
        }
    }

    @Test("the present model of the alias has its own price: promoting a dearer one changes the plan")
    func dearerPresentModel() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let made = try await daemon.client.call(
                Routes.createFinetuning, body: NewFinetuning(library, promotingTo: nil))
            _ = try await daemon.end(of: made.id)
            daemon.offerSecondModel()
            let first = try await daemon.plan(library, of: "second", promotingTo: "sales")
            _ = try await daemon.promote(made.id)
            let refusal = try await daemon.refusal(library, of: "second", promotingTo: "sales", agreedTo: first)
            let (alone, both) = (refusal.dollars("planned_measuring_cost"), refusal.dollars("measuring_cost"))
            #expect(abs(try #require(both) - 11 * #require(alone)) < 1e-5)
        }
    }
}

extension TestDaemon {
    fileprivate func plan(
        _ library: Library, of model: String? = nil, promotingTo alias: String?
    ) async throws -> FinetuningPlan {
        try await client.call(
            Routes.planFinetuning, body: NewFinetuning(library, of: model, promotingTo: alias))
    }

    /// The refusal of an order that a plan was agreed to for.
    fileprivate func refusal(
        _ library: Library, of model: String? = nil, promotingTo alias: String, agreedTo plan: FinetuningPlan
    ) async throws -> APIError {
        var order = NewFinetuning(library, of: model, promotingTo: alias)
        order.planSHA256 = plan.planSHA256
        let request = order
        let error = await #expect(throws: ClientError.self) {
            try await client.call(Routes.createFinetuning, body: request)
        }
        guard case .refused(_, let refusal)? = error else { throw try #require(error) }
        #expect(refusal.code == .planChanged)
        return refusal
    }

    /// Brings a catalogue into effect with a second model, beside which answers of the default one's tuned models cost
    /// ten times as much.
    fileprivate func offerSecondModel() {
        let model = ModelCatalogue.oneModel.models[0]
        let second = CataloguedModel(
            provider: model.provider, name: "second", contextTokens: model.contextTokens,
            trainingTokensPerExample: model.trainingTokensPerExample, vocabulary: model.vocabulary,
            pricePerMillionTrainingTokens: model.pricePerMillionTrainingTokens, questionPrices: model.questionPrices,
            tunedQuestionPrices: model.tunedQuestionPrices)
        var dearer = model
        dearer.tunedQuestionPrices = QuestionPrices(
            input: Price(microdollars: 3_000_000), output: Price(microdollars: 12_000_000))
        core.reload(
            Setup().settings(at: workplace), catalogue: ModelCatalogue(date: .epoch, models: [dearer, second]))
    }
}

extension NewFinetuning {
    /// An order with the last two records of a library held out.
    fileprivate init(_ library: Library, of model: String? = nil, promotingTo alias: String?) {
        self.init(
            databaseConnection: library.connection.id, baseLLM: model.map { BaseLLM(modelName: $0) },
            validationGoldenRecords: library.records.suffix(2).map(\.id), promotesTo: alias)
    }
}

extension APIError {
    fileprivate func dollars(_ name: String) -> Double? { detail[name].flatMap { Double($0.text) } }
}
