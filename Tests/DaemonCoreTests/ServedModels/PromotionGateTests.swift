import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("promotion gates", .timeLimit(.minutes(5)))
struct PromotionGateTests {
    private static let wrong = "SELECT 1"

    @Test("a model that nothing measured is refused with the command that measures it")
    func unmeasured() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(noSignificantLoss: .set(true)))
            let refusal = try await daemon.refusedPromotion(models.second)
            #expect(
                refusal.remedy.contains("finetunectl evaluate \(models.second.id) --baseline-alias sales"))
            #expect(refusal.detail["verdict"]?["findings"]?.array?.isEmpty == true)
            #expect(try await daemon.model().version == 1)

            // Measured against another model than the present one is not measured.
            _ = try await daemon.measure(models.second, NewEvaluation(baselineModel: "gpt-4o-mini"))
            #expect(try await daemon.refusedPromotion(models.second).detail["verdict"]?["evaluation_id"]?.string == nil)

            _ = try await daemon.measure(models.second)
            #expect(try await daemon.promote(models.second.id).version == 2)
        }
    }

    @Test("the newest evaluation against the present model decides, and its table is told")
    func verdict() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(minimumAccuracy: .set(0.9)))
            await daemon.provider.answerAlways(of: models.second.modelID ?? "", Self.wrong)
            let evaluation = try await daemon.measure(models.second)
            let refusal = try await daemon.refusedPromotion(models.second)
            #expect(refusal.detail["verdict"]?["evaluation_id"] == .id(evaluation.id))
            let finding = try #require(refusal.detail["verdict"]?["findings"]?.array?.first)
            #expect(finding["requirement"] == "minimum_accuracy" && finding["met"] == false)
            #expect(finding["accuracy"]?["count"] == 0 && finding["accuracy"]?["of"] == 2)
            #expect(refusal.message.contains("0 of 2 right, an accuracy of 0.0, where 0.9 is the least"))

            await daemon.provider.answerAlways(of: models.second.modelID ?? "", ScriptedProvider.usualAnswer)
            let better = try await daemon.measure(models.second)
            _ = try await daemon.promote(models.second.id)
            let version = try #require(try await daemon.history().last)
            #expect(version.gate?.passed == true && version.gate?.evaluation == better.id)
        }
    }

    @Test("golden records that must pass are asked though they were trained on, and none may be lost")
    func mustPass() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(mustPass: .set(true)))
            _ = try await daemon.measure(models.second)
            let marked = try await daemon.client.call(
                Routes.changeRecord, models.library.records[0].id,
                body: GoldenRecordChanges(metadata: .set(["must_pass": true])))
            let unasked = try await daemon.refusedPromotion(models.second)
            #expect(unasked.message.contains("1 not asked") && unasked.remedy.contains("finetunectl evaluate"))

            // The last question is the one that must pass; both models are asked it, the candidate first or second.
            let evaluation = try await daemon.measure(models.second)
            #expect(evaluation.questions == 3)
            await daemon.provider.answerAlways(of: models.second.modelID ?? "", Self.wrong)
            _ = try await daemon.measure(models.second)
            let lost = try await daemon.refusedPromotion(models.second)
            let finding = try #require(lost.detail["verdict"]?["findings"]?.array?.last)
            #expect(finding["regressions"]?.array == [.id(marked.id)])
        }
    }

    @Test("an evaluation says that the baseline was trained on its questions, as the gate does")
    func baselineTrainedOnAll() async throws {
        try await withModels { daemon, models in
            #expect(try await daemon.measure(models.second).summary?.baselineTrainedOn == 0)
            await daemon.provider.setPhases(.succeeded(model: "ft:gpt-4o-mini:all"))
            let order = try await daemon.order(models.library.connection.id, alias: "all")
            _ = try await daemon.promote(try await daemon.end(of: order.id).id)
            try await daemon.guardAlias(PromotionGateChanges(noSignificantLoss: .set(true)))

            let summary = try #require(try await daemon.measure(models.second).summary)
            #expect(summary.trainedOn == 0 && summary.baselineTrainedOn == 2)
            let refusal = try await daemon.refusedPromotion(models.second)
            #expect(refusal.message.contains("no question was judged that neither model was trained on"))
        }
    }

    @Test("an evaluation does not say that its baseline was trained on nothing where the baseline's finetuning is gone")
    func baselineIsGone() async throws {
        try await withModels { daemon, models in
            let evaluation = try await daemon.measure(models.second)
            #expect(evaluation.summary?.baselineTrainedOn == 0)
            _ = try await daemon.promote(models.second.id)
            _ = try await daemon.client.call(Routes.deleteFinetuning, models.first.id, query: FinetuningDeletion())
            let later = try await daemon.client.call(Routes.readEvaluation, evaluation.id)
            #expect(later.summary?.baseline != nil && later.summary?.baselineTrainedOn == nil)
            let base = try await daemon.measure(models.second, NewEvaluation())
            #expect(base.summary?.baselineTrainedOn == 0)
        }
    }

    @Test("force takes an administrator, and the history keeps who and over what")
    func force() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(minimumAccuracy: .set(1)))
            await daemon.provider.answerAlways(of: models.second.modelID ?? "", Self.wrong)
            let evaluation = try await daemon.measure(models.second)
            let wish = Promotion(finetuning: models.second.id, note: "now", force: true)
            let refusal = try await daemon.asOperator { client in
                try await client.send(
                    .post, "/api/v1/models/sales/promote",
                    body: ["finetuning_id": .id(models.second.id), "force": true])
            }
            #expect(try refusal.refusal().detail["role_needed"] == "admin")
            _ = try await daemon.client.call(Routes.promoteModel, "sales", body: wish)
            let version = try #require(try await daemon.history().last)
            let gate = try #require(version.gate)
            #expect(version.note == "now" && gate.forced && !gate.passed && gate.evaluation == evaluation.id)
            #expect(gate.findings.map(\.met) == [false])
        }
    }

    @Test("whoever may not force a promotion may not loosen the gate either, and may tighten it")
    func loosening() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(minimumAccuracy: .set(0.8)))
            try await daemon.asOperator { client in
                let path = "/api/v1/models/sales"
                let less: [JSONValue] = [
                    ["gate": ["minimum_accuracy": 0.7]], ["gate": ["minimum_accuracy": .null, "must_pass": true]],
                    ["gate": .null],
                ]
                for (method, body) in less.map({ (Method.put, $0) }) + [(.delete, nil)] {
                    let refusal = try await client.send(method, path, body: body).refusal()
                    #expect(refusal.code == .forbidden && refusal.detail["role_needed"] == "admin")
                }
                let more: JSONValue = ["gate": ["minimum_accuracy": 0.9, "must_pass": true]]
                #expect(try await client.send(.put, path, body: more).status == 200)
            }
            #expect(try await daemon.model().gate?.minimumAccuracy == 0.9)
        }
    }

    @Test("requirements that are changed at the same time all hold")
    func changesAtOnce() async throws {
        try await withDaemon { daemon in
            for step in 1...20 {
                let minimum = Double(step) / 20
                let changes = [
                    PromotionGateChanges(minimumAccuracy: .set(minimum)),
                    PromotionGateChanges(noSignificantLoss: .set(step.isMultiple(of: 2))),
                    PromotionGateChanges(mustPass: step.isMultiple(of: 3) ? .cleared : .set(true)),
                ]
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for change in changes { group.addTask { try await daemon.guardAlias(change) } }
                    try await group.waitForAll()
                }
                let expected = PromotionGate(
                    minimumAccuracy: minimum, noSignificantLoss: step.isMultiple(of: 2),
                    mustPass: !step.isMultiple(of: 3))
                #expect(try await daemon.model().gate == expected)
            }
        }
    }

    @Test("a gate that asks for nothing is none, and one that is cleared lets everything through")
    func clearing() async throws {
        try await withModels { daemon, models in
            try await daemon.guardAlias(PromotionGateChanges(noSignificantLoss: .set(true)))
            #expect(try await daemon.model().gate?.noSignificantLoss == true)
            try await daemon.guardAlias(PromotionGateChanges(noSignificantLoss: .set(false)))
            #expect(try await daemon.model().gate == nil)
            _ = try await daemon.promote(models.second.id)
            #expect(try await daemon.history().last?.gate == nil)
        }
    }
}

@Suite("automatic promotions", .timeLimit(.minutes(5)))
struct AutomaticPromotionTests {
    @Test("a finetuning's model is measured and promoted, and whoever follows the finetuning is told")
    func promoted() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let finetuning = try await daemon.end(of: try await daemon.order(library, promotingTo: "sales").id)
            let promotion = try #require(finetuning.automaticPromotion)
            #expect(promotion.status == .promoted && promotion.version == 1)
            let names = try await daemon.events(of: finetuning.id).map(\.event)
            #expect(names.suffix(3) == ["succeeded", "evaluation_ordered", "promoted"])
            #expect(try await daemon.model().finetuning == finetuning.id)
            let version = try #require(try await daemon.history().last)
            #expect(version.gate?.evaluation == promotion.evaluation && version.note == "auto_promote")
        }
    }

    @Test("a model that the gate refuses is not promoted, and an event says why")
    func refused() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            try await daemon.guardAlias(PromotionGateChanges(minimumAccuracy: .set(1)))
            await daemon.provider.answerAlways(of: ScriptedProvider.tunedModel, "SELECT 1")
            let finetuning = try await daemon.end(of: try await daemon.order(library, promotingTo: "sales").id)
            #expect(finetuning.automaticPromotion?.status == .notPromoted)
            let last = try #require(try await daemon.events(of: finetuning.id).last)
            #expect(last.event == "not_promoted" && last.message.contains("0 of 2 right"))
            #expect(try await daemon.model().version == 0)
        }
    }

    @Test("where the finetuning fails nothing is measured")
    func failed() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            await daemon.provider.setPhases(.failed(ProviderComplaint("the model is gone", code: "model_gone")))
            let finetuning = try await daemon.end(of: try await daemon.order(library, promotingTo: "sales").id)
            #expect(finetuning.automaticPromotion?.reason == "the finetuning ended failed")
            #expect(await daemon.provider.questions.isEmpty)
        }
    }

    @Test("a finetuning is not deleted before it is decided, and a cancelled measurement decides it")
    func deleted() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let gate = Gate()
            await daemon.provider.script(.complete, .holdBefore(gate))
            let id = try await daemon.order(library, promotingTo: "sales").id
            let told = try await daemon.wait(for: "evaluation_ordered", of: id)
            let refusal = try await daemon.refusal(.delete, "/finetunings/\(id)")
            #expect(refusal.code == .evaluationInProgress && refusal.detail["id"] == told.detail["evaluation_id"])

            let evaluation = try #require(told.detail["evaluation_id"]?.string.flatMap { ObjectID($0) })
            _ = try await daemon.client.call(Routes.cancelEvaluation, evaluation)
            gate.open()
            #expect(try await daemon.end(of: id).automaticPromotion?.reason == "its evaluation was cancelled")
            _ = try await daemon.client.call(Routes.deleteFinetuning, id, query: FinetuningDeletion())
        }
    }

    @Test("an order that nothing could be measured of is refused before it costs anything")
    func unmeasurable() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let request = NewFinetuning(databaseConnection: library.connection.id, promotesTo: "sales")
            let refusal = await #expect(throws: ClientError.self) {
                try await daemon.client.call(Routes.createFinetuning, body: request)
            }
            guard case .refused(_, let error)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(error.code == .invalidField && error.detail["field"] == "auto_promote")
            let plan = try await daemon.client.call(Routes.planFinetuning, body: request)
            #expect(!plan.ready && plan.problems.contains { $0.message.contains("auto_promote") })
        }
    }

    @Test("a plan says that the model is measured, and what that costs at most")
    func plannedMeasuring() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            let plan = try await daemon.client.call(
                Routes.planFinetuning,
                body: NewFinetuning(
                    databaseConnection: library.connection.id,
                    validationGoldenRecords: library.records.suffix(2).map(\.id), promotesTo: "sales"))
            let told = try #require(plan.problems.first { $0.code == "automatic_evaluation" })
            #expect(told.message.contains("the 2 questions held out") && told.message.contains("about $"))
        }
    }

    @Test("a daemon that ends while the model is measured goes on where it was")
    func resumed() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var ordered: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let library = try await daemon.prepareMeasurableLibrary()
            await provider.script(.complete, .succeed, .fail(.downForHours))
            let finetuning = try await daemon.order(library, promotingTo: "sales")
            ordered = finetuning.id
            let told = try await daemon.wait(for: "evaluation_ordered", of: finetuning.id)
            let evaluation = try #require(told.detail["evaluation_id"]?.string.flatMap { ObjectID($0) })
            for try await element in try daemon.client.stream(
                Routes.evaluationEvents, evaluation, query: EventsQuery(follow: true))
            {
                guard case .response(let event) = element, event.event != "waiting" else { break }
            }
        }
        try await withDaemon(at: workplace, provider) { daemon in
            let id = try #require(ordered)
            let finetuning = try await daemon.end(of: id)
            #expect(finetuning.automaticPromotion?.status == .promoted)
            let evaluations = try await daemon.client.call(
                Routes.listEvaluations, query: EvaluationPaging(finetuning: id))
            #expect(evaluations.count == 1)
            #expect(try await daemon.model().version == 1)
        }
    }
}

/// Two finetunings of the same records with two held out, of which the alias `sales` stands for the first.
private struct Models {
    let library: Library
    let first: Wire.Finetuning
    let second: Wire.Finetuning
}

private func withModels(_ test: (TestDaemon, Models) async throws -> Void) async throws {
    try await withDaemon { daemon in
        let library = try await daemon.prepareMeasurableLibrary()
        let first = try await daemon.end(of: try await daemon.order(library, promotingTo: nil, alias: "first").id)
        _ = try await daemon.promote(first.id)
        await daemon.provider.setPhases(.succeeded(model: "ft:gpt-4o-mini:second"))
        let second = try await daemon.end(of: try await daemon.order(library, promotingTo: nil, alias: "second").id)
        try await test(daemon, Models(library: library, first: first, second: second))
    }
}

extension TestDaemon {
    /// Orders a finetuning of a library, with two records held out.
    fileprivate func order(
        _ library: Library, promotingTo alias: String?, alias name: String? = nil
    ) async throws -> Wire.Finetuning {
        try await client.call(
            Routes.createFinetuning,
            body: NewFinetuning(
                databaseConnection: library.connection.id, alias: name,
                validationGoldenRecords: library.records.suffix(2).map(\.id), promotesTo: alias))
    }

    /// Gives the alias `sales` this gate.
    fileprivate func guardAlias(_ gate: PromotionGateChanges) async throws {
        _ = try await client.call(Routes.changeModel, "sales", body: ServedModelChanges(gate: .set(gate)))
    }

    /// Has a model evaluated to the end, against what `sales` stands for unless something else is said.
    fileprivate func measure(
        _ finetuning: Wire.Finetuning, _ order: NewEvaluation = NewEvaluation(baselineAlias: "sales")
    ) async throws -> Wire.Evaluation {
        let evaluation = try await client.call(Routes.createEvaluation, finetuning.id, body: order)
        return try await evaluationEnd(of: evaluation.id)
    }

    fileprivate func refusedPromotion(_ finetuning: Wire.Finetuning) async throws -> APIError {
        let reply = try await client.send(
            .post, "/api/v1/models/sales/promote", body: ["finetuning_id": .id(finetuning.id)])
        #expect(reply.status == 409)
        let refusal = try reply.refusal()
        #expect(refusal.code == .promotionRefused)
        return refusal
    }

    fileprivate func history() async throws -> [Wire.ServedModelVersion] {
        try await client.call(Routes.modelHistory, "sales", query: Paging())
    }

    /// Sends something over a connection whose user may do what an operator may.
    fileprivate func asOperator<Value>(_ work: (FinetuneClient) async throws -> Value) async throws -> Value {
        let path = workplace.path + "/operator"
        let listener = try await LineListener.start(
            on: .path(path), service: RoleService(service: core.service, role: .operate))
        let client = try await FinetuneClient.connect(toUnixSocket: path)
        let value = try await work(client)
        await client.close()
        try await listener.shutdown(within: .seconds(5))
        return value
    }
}
