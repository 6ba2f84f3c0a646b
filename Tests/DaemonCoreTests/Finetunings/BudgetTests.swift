import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("what finetunings cost", .timeLimit(.minutes(5)))
struct BudgetTests {
    private func setup(_ budget: Budget) -> Setup {
        var setup = Setup()
        setup.budget = budget
        return setup
    }

    @Test("a plan tells the cost, and the finetuning counts the most of it until the provider tells the tokens")
    func costs() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let order = NewFinetuning(databaseConnection: library.connection.id)
            let plan = try await daemon.client.call(Routes.planFinetuning, body: order)
            let tokens = try #require(plan.tokens?.total)
            #expect(plan.cost.tokensPerEpoch == tokens && plan.cost.leastEpochs == 3 && plan.cost.mostEpochs == 3)
            #expect(plan.cost.currency == "USD" && plan.cost.reason == nil)
            #expect(plan.cost.most == Double(tokens * 3) * 3 / 1_000_000)

            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            #expect(made.cost == plan.cost && made.spent == plan.cost.most && made.trainedTokens == nil)
            #expect(try await daemon.client.call(Routes.status).budget.orderedByYouToday == 1)
            let ended = try await daemon.end(of: made.id)
            #expect(ended.trainedTokens == 4_200 && ended.spent == 4_200 * 3.0 / 1_000_000)
            let budget = try await daemon.client.call(Routes.status).budget
            #expect(budget.spentThisMonth == ended.spent && budget.spentByYouThisMonth == ended.spent)
        }
    }

    @Test("automatic epochs make the cost a range")
    func automaticEpochs() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let parameters = Wire.ModelParameters(epochs: "auto")
            let order = NewFinetuning(
                databaseConnection: library.connection.id, baseLLM: BaseLLM(modelParameters: parameters))
            let cost = try await daemon.client.call(Routes.planFinetuning, body: order).cost
            #expect(cost.leastEpochs == 1 && cost.likelyEpochs == 8 && cost.mostEpochs == 8)
            #expect(cost.least.map { $0 * 8 } == cost.most)
        }
    }

    @Test("a reload brings a budget into effect, and takes it away")
    func reload() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let order = NewFinetuning(databaseConnection: library.connection.id)
            for (budget, isReady) in [(Budget(perMonth: Price("0.001")), false), (.unbounded, true)] {
                daemon.core.reload(setup(budget).settings(at: daemon.workplace), catalogue: .oneModel)
                #expect(try await daemon.client.call(Routes.planFinetuning, body: order).ready == isReady)
                let status = try await daemon.client.call(Routes.status)
                #expect(status.budget.perMonth == budget.perMonth?.dollars)
            }
        }
    }

    @Test("a budget that is used up refuses with the numbers, in the plan too")
    func overBudget() async throws {
        try await withDaemon(at: nil, ScriptedProvider(), setup(Budget(perMonth: Price("0.001")))) { daemon in
            let library = try await daemon.prepareLibrary()
            let order = JSONValue.order(of: library.connection.id)
            let plan = try await daemon.send(.post, "/finetunings/plan", order).response(FinetuningPlan.self)
            #expect(!plan.ready && plan.problems.first?.code == "budget_exceeded")
            let refusal = try await daemon.refusal(.post, "/finetunings", order)
            #expect(refusal.code == .budgetExceeded)
            #expect(refusal.detail["budget"] == "per_month" && refusal.detail["limit"] == 0.001)
            #expect(refusal.detail["cost"]?.text == plan.cost.most.map { JSONNumber($0).text })
            #expect(try await daemon.client.call(Routes.listFinetunings, query: FinetuningPaging()).isEmpty)
        }
    }

    @Test("a user who ordered as many as a day allows is told so")
    func tooMany() async throws {
        try await withDaemon(at: nil, ScriptedProvider(), setup(Budget(finetuningsPerUserPerDay: 1))) { daemon in
            let library = try await daemon.prepareLibrary()
            _ = try await daemon.order(library.connection.id, alias: "first")
            let refusal = try await daemon.refusal(.post, "/finetunings", .order(of: library.connection.id, alias: "b"))
            #expect(refusal.code == .tooManyRequests)
            #expect(refusal.message == "this user has ordered 1 finetuning today, and may order 1 a day")
            #expect(refusal.detail["limit"] == 1 && refusal.detail["ordered"] == 1)
        }
    }

    @Test("an order with a plan's SHA-256 is accepted while the plan holds, and refused once it does not")
    func planChanged() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            var order = NewFinetuning(databaseConnection: library.connection.id, alias: "a")
            let plan = try await daemon.client.call(Routes.planFinetuning, body: order)
            order.planSHA256 = plan.planSHA256
            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            #expect(try await daemon.end(of: made.id).status == .succeeded)

            _ = try await daemon.addRecord("SELECT title FROM books", to: library.connection.id)
            let body = JSONValue.order(
                of: library.connection.id, alias: "b", ["plan_sha256": .string(plan.planSHA256)])
            let refusal = try await daemon.refusal(.post, "/finetunings", body)
            #expect(refusal.code == .planChanged)
            let current = try #require(refusal.detail["plan_sha256"])
            let again = JSONValue.order(of: library.connection.id, alias: "b", ["plan_sha256": current])
            #expect(try await daemon.send(.post, "/finetunings", again).status == 201)
        }
    }

    @Test("an order whose price has changed since its plan is refused with both, and one that was taken is repeated")
    func dearer() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let order = JSONValue.order(of: library.connection.id, alias: "a")
            let plan = try await daemon.send(.post, "/finetunings/plan", order).response(FinetuningPlan.self)
            let agreed: JSONValue = ["plan_sha256": .string(plan.planSHA256)]
            func send() async throws -> Reply {
                try await daemon.client.send(
                    .post, "/api/v1/finetunings",
                    body: .order(of: library.connection.id, alias: "a", agreed), idempotencyKey: "once")
            }
            let taken = try await send()
            #expect(taken.status == 201)

            daemon.changeModel { $0.pricePerMillionTrainingTokens = Price("6.00") }
            #expect(try await send().body == taken.body)
            let refusal = try await daemon.refusal(
                .post, "/finetunings", .order(of: library.connection.id, alias: "b", agreed))
            let most = try #require(plan.cost.most)
            #expect(refusal.code == .planChanged && refusal.message.contains("the same would be trained"))
            #expect(refusal.detail["planned_cost"] == .number(JSONNumber(most)))
            #expect(refusal.detail["cost"] == .number(JSONNumber(most * 2)))
            #expect(refusal.remedy.contains("finetunectl finetuning plan \(library.connection.alias)"))

            let current = try #require(refusal.detail["plan_sha256"])
            let again = JSONValue.order(of: library.connection.id, alias: "b", ["plan_sha256": current])
            #expect(try await daemon.send(.post, "/finetunings", again).status == 201)
        }
    }

    @Test("plans of other models, parameters and held-out records are other plans")
    func plansDiffer() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 14)
            _ = try await daemon.addRecord("SELECT count(*) FROM books", to: library.connection.id)
            let id = try await daemon.addRecord("SELECT count(*) FROM authors", to: library.connection.id).id
            let bodies: [JSONValue] = [
                [:], ["base_llm": ["model_parameters": ["n_epochs": 1]]], ["seed": 7],
                ["validation_golden_records": [.id(id)]],
                ["golden_records": .array(library.records.map { .id($0.id) })],
            ]
            var found: Set<String> = []
            for body in bodies {
                let order = JSONValue.order(of: library.connection.id, body)
                found.insert(
                    try await daemon.send(.post, "/finetunings/plan", order).response(FinetuningPlan.self).planSHA256)
            }
            #expect(found.count == bodies.count)
        }
    }
}
