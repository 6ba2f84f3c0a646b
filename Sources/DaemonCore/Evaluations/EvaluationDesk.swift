import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import Store
import Tokenizer
import TrainingData

/// An evaluation that could be accepted: what a plan and an evaluation start from.
struct EvaluationOrder: Sendable {
    let finetuning: ObjectID
    let connection: TrainingData.DatabaseConnection
    let models: EvaluatedModels
    let questions: [EvaluationQuestion]
    let recipe: PromptRecipe
    let tokenLimit: Int?
    let metadata: JSONText?
    let size: EvaluationSize
    let prices: EvaluationPrices
    /// What it may cost at most, with answers as long as the models may give; `nil` where a price is not known.
    let mostCost: Price?

    /// What it costs if each answer is as long as the golden SQL; `nil` where a price is not known.
    var likelyCost: Price? {
        let whole = prices.cost(
            of: models.contestants, promptTokens: size.promptTokens, answerTokens: size.answerTokens)
        guard let whole, let mostCost else { return nil }
        return min(whole, mostCost)
    }

    /// The evaluation that a user orders with it.
    func evaluation(_ ids: ObjectIDGenerator, by user: UInt32, at now: Timestamp) -> Evaluations.Evaluation {
        Evaluations.Evaluation(
            id: ids.next(now: now), finetuning: finetuning, connection: connection.id, models: models,
            tokenLimit: tokenLimit, questionCount: questions.count, prices: prices, mostCost: mostCost,
            metadata: metadata?.text, owner: user, createdAt: now, updatedAt: now)
    }
}

/// Checks orders for evaluations against what there is.
struct EvaluationDesk: Sendable {
    let store: StateStore
    let desk: ModelDesk
    let models: ServedModels
    let databases: DescribedDatabases
    let catalogue: Current<ModelCatalogue>
    let budget: Current<Budget>
    let workers: WorkerThreads

    private static let batch = 1_000

    private var aliases: AliasTerms { AliasTerms(store: store, models: models, catalogue: catalogue) }

    /// The order that a request makes. Throws `APIError` or `StoreError`, also for a baseline's alias that is not there,
    /// but where it is to come with this finetuning's model.
    func order(
        _ id: ObjectID, _ request: NewEvaluation, aliasMayBeNew: Bool = false
    ) async throws -> EvaluationOrder {
        _ = try FieldChecks.stored(request.baselineAlias, field: "baseline_alias")
        _ = try FieldChecks.stored(request.baselineModel, field: "baseline_model")
        if let alias = request.modelAlias, !aliasMayBeNew { _ = try await models.model(alias) }
        if let limit = request.maximumTokens, limit < 1 {
            throw APIError.invalidField("max_tokens", "must be 1 or more")
        }
        let metadata = try FieldChecks.metadata(request.metadata)
        let chosen = try await desk.tuned(id, alias: nil)
        let finetuning = try await store.finetuning(id)
        let evaluated = try await evaluated(finetuning, chosen, request)
        let questions = try await questions(of: finetuning, request)
        let size = try await size(of: questions, finetuning, chosen.recipe)
        return EvaluationOrder(
            finetuning: id, connection: try await store.connection(finetuning.connectionID), models: evaluated.models,
            questions: questions, recipe: chosen.recipe, tokenLimit: request.maximumTokens, metadata: metadata,
            size: size, prices: evaluated.prices,
            mostCost: try await mostCost(of: evaluated, size, tokenLimit: request.maximumTokens))
    }

    // With a limit all turns are sorted by what they cost.
    private func mostCost(
        of evaluated: (models: EvaluatedModels, prices: EvaluationPrices), _ size: EvaluationSize, tokenLimit: Int?
    ) async throws -> Price? {
        try await workers.run {
            evaluated.prices.mostCost(of: evaluated.models.contestants, size, tokenLimit: tokenLimit)
        }
    }

    private func evaluated(
        _ finetuning: Jobs.Finetuning, _ chosen: ChosenModel, _ request: NewEvaluation
    ) async throws -> (models: EvaluatedModels, prices: EvaluationPrices) {
        let candidate = EvaluatedModels.Model(provider: chosen.asked.provider, name: chosen.asked.name)
        let (baseline, price) = try await baseline(finetuning, candidate, request)
        return (
            EvaluatedModels(candidate: candidate, baseline: baseline, alias: request.modelAlias),
            EvaluationPrices(candidate: aliases.prices(of: finetuning), baseline: baseline == nil ? nil : price)
        )
    }

    private func baseline(
        _ finetuning: Jobs.Finetuning, _ candidate: EvaluatedModels.Model, _ request: NewEvaluation
    ) async throws -> (EvaluatedModels.Model?, QuestionPrices?) {
        switch (request.modelAlias, request.baselineModel) {
        case (_?, _?):
            throw APIError.invalidField("baseline_model", "cannot be named together with baseline_alias")
        case (let alias?, nil):
            guard let present = try await aliases.presentModel(of: alias) else { return (nil, nil) }
            let model = EvaluatedModels.Model(provider: present.provider, name: present.name)
            if model == candidate { return (nil, nil) }
            return (model, aliases.prices(of: try await store.finetuning(present.finetuning)))
        case (nil, let name):
            let provider = finetuning.baseModel.provider
            let name = name.map(ProviderModelID.init(rawValue:)) ?? finetuning.baseModel.name
            let model = EvaluatedModels.Model(provider: provider, name: name)
            guard model != candidate else {
                throw APIError.invalidField("baseline_model", "is the tuned model itself")
            }
            return (model, catalogue.now.find(provider, name)?.questionPrices)
        }
    }
}

// MARK: Questions

extension EvaluationDesk {
    private func questions(
        of finetuning: Jobs.Finetuning, _ request: NewEvaluation
    ) async throws -> [EvaluationQuestion] {
        let trained = Set(try await store.recordIDs(of: finetuning.id))
        let records = try await records(of: finetuning, request, trained: trained)
        guard !records.isEmpty else { throw APIError.nothingToAsk(finetuning.id) }
        return try records.enumerated().map { position, record in
            guard record.connectionID == finetuning.connectionID else {
                throw StoreError.foreignConnection(record: record.id)
            }
            return try question(position, record, wasTrainedOn: trained.contains(record.id))
        }
    }

    private func records(
        of finetuning: Jobs.Finetuning, _ request: NewEvaluation, trained: Set<ObjectID>
    ) async throws -> [TrainingData.GoldenRecord] {
        guard let named = request.goldenRecords else {
            return try await heldOutRecords(of: finetuning) + mustPassRecords(of: finetuning, request)
        }
        guard Set(named).count == named.count else {
            throw APIError.invalidField("golden_records", "must not name a golden record twice")
        }
        if request.includeTraining != true, let known = named.first(where: trained.contains) {
            throw APIError.trainedOn(known)
        }
        return try await inBatches(named) { try await store.records($0) }
    }

    // Those that were removed since are left out; records that are named have to be there.
    private func heldOutRecords(of finetuning: Jobs.Finetuning) async throws -> [TrainingData.GoldenRecord] {
        let heldOut = try await store.heldOutRecordIDs(of: finetuning.id)
        guard !heldOut.isEmpty else { throw APIError.nothingToAsk(finetuning.id) }
        return try await inBatches(heldOut) { try await store.remainingRecords($0) }
    }

    // What the alias's gate asks for is asked, trained on or not.
    private func mustPassRecords(
        of finetuning: Jobs.Finetuning, _ request: NewEvaluation
    ) async throws -> [TrainingData.GoldenRecord] {
        guard let alias = request.modelAlias else { return [] }
        let marked = try await aliases.mustPassRecordIDs(for: alias, of: finetuning.connectionID)
        guard !marked.isEmpty else { return [] }
        let heldOut = Set(try await store.heldOutRecordIDs(of: finetuning.id))
        return try await inBatches(marked.filter { !heldOut.contains($0) }) { try await store.remainingRecords($0) }
    }

    private func inBatches(
        _ ids: [ObjectID], _ read: ([ObjectID]) async throws -> [TrainingData.GoldenRecord]
    ) async throws -> [TrainingData.GoldenRecord] {
        var records: [TrainingData.GoldenRecord] = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            records += try await read(Array(ids[start...].prefix(Self.batch)))
        }
        return records
    }

    private func question(
        _ position: Int, _ record: TrainingData.GoldenRecord, wasTrainedOn: Bool
    ) throws -> EvaluationQuestion {
        let metadata = try record.metadata?.json.object
        return EvaluationQuestion(
            position: position, record: record.id, question: record.promptText, goldenSQL: record.sql,
            wasTrainedOn: wasTrainedOn, mustPass: metadata?["must_pass"] == .bool(true))
    }
}

// MARK: Plans

extension EvaluationDesk {
    /// Whether a model is a base model, which was trained on nothing from here: the catalogue has it, or the finetuning
    /// that is measured began with it.
    func isBaseModel(_ model: EvaluatedModels.Model, of finetuning: ObjectID) async throws -> Bool {
        if catalogue.now.find(model.provider, model.name) != nil { return true }
        let base = try await store.finetuning(finetuning).baseModel
        return base.provider == model.provider && base.name == model.name
    }

    /// What the order would ask, and what that would cost.
    func plan(_ order: EvaluationOrder, of user: UInt32) async throws -> EvaluationPlan {
        let models = order.models.contestants.count
        let spending = try await store.spending(of: user, at: .now)
        let refusal = budget.now.refusal(ofEvaluationCosting: order.mostCost, after: spending)
        return EvaluationPlan(
            finetuning: order.finetuning, candidate: Wire.EvaluatedModel(order.models.candidate),
            baseline: order.models.baseline.map { Wire.EvaluatedModel($0) }, questions: order.questions.count,
            trainedOn: order.questions.count { $0.wasTrainedOn },
            measuresExecution: order.connection.dialect == .sqlite && order.connection.connectionURI != nil,
            promptTokens: order.size.promptTokens * models, answerTokens: order.size.answerTokens * models,
            cost: order.likelyCost?.description, mostCost: order.mostCost?.description,
            costReason: order.mostCost == nil ? order.unpriced : nil,
            obstacle: refusal.map { "\($0); \($0.remedy)" })
    }

    private func size(
        of questions: [EvaluationQuestion], _ finetuning: Jobs.Finetuning, _ recipe: PromptRecipe
    ) async throws -> EvaluationSize {
        let tokenizer = Tokenizer.shared(recipe.limit.vocabulary)
        var size = EvaluationSize(answerReserve: recipe.limit.answerReserve)
        for question in questions {
            do {
                let served = try await databases.prompt(
                    for: question.question, of: finetuning.connectionID, recipe)
                size.prompts.append(served.prompt.tokenCount)
            } catch is FittingError {
                continue
            }
            size.answerTokens += tokenizer.count(question.goldenSQL)
        }
        return size
    }
}

extension NewEvaluation {
    /// The alias whose present model is the baseline.
    fileprivate var modelAlias: ModelAlias? { baselineAlias.map(ModelAlias.init(rawValue:)) }
}

extension EvaluationOrder {
    /// Why nobody knows what it costs.
    fileprivate var unpriced: String {
        let names = models.contestants.filter { prices[$0] == nil }.compactMap { models.model($0)?.name.rawValue }
        return "the model catalogue does not say what answers of \(names.joined(separator: " and ")) cost"
    }
}

extension APIError {
    fileprivate static func nothingToAsk(_ id: ObjectID) -> APIError {
        APIError(
            .notEnoughGoldenRecords, "no golden records were held out from the training of finetuning \(id)",
            remedy: "Name golden records that it was not trained on, or train with validation_fraction.",
            detail: ["id": .string(id.description)])
    }

    fileprivate static func trainedOn(_ record: ObjectID) -> APIError {
        APIError(
            .invalidGoldenRecord, "the model was trained on golden record \(record), so its answer shows nothing new",
            remedy: "Name others, or send include_training to ask it all the same.",
            detail: ["id": .string(record.description)])
    }
}
