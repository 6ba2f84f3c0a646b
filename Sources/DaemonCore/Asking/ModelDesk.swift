import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// Finds the model that somebody wants to ask.
struct ModelDesk: Sendable {
    let store: StateStore
    let providers: ProviderRegistry
    let catalogue: Current<ModelCatalogue>
    let models: ServedModels
    let live: LiveFinetunings

    /// The model of a finetuning or of an alias, of which one is named. Throws `APIError` or `StoreError`.
    func tuned(_ finetuning: ObjectID?, alias: ModelAlias?) async throws -> ChosenModel {
        switch (finetuning, alias) {
        case (let id?, nil): return try chosen(try await live.finetuning(id, in: store), alias: nil)
        case (nil, let name?):
            let model = try await models.model(name)
            guard let version = model.current else { throw StoreError.noModel(alias: name) }
            return try chosen(
                try await live.finetuning(version.model.finetuning, in: store),
                alias: AskedModel.Alias(name: name, version: version.version))
        case (nil, nil), (_?, _?):
            throw APIError.invalidField("model", "or finetuning_id is needed, and not both")
        }
    }

    /// The same, if all that is needed is kept.
    func keptTuned(_ finetuning: ObjectID?, alias: ModelAlias?) throws -> ChosenModel? {
        switch (finetuning, alias) {
        case (let id?, nil): return try live.keptFinetuning(id).map { try chosen($0, alias: nil) }
        case (nil, let name?):
            guard let version = models.keptModel(name)?.current,
                let finetuning = live.keptFinetuning(version.model.finetuning)
            else { return nil }
            return try chosen(finetuning, alias: AskedModel.Alias(name: name, version: version.version))
        case (nil, nil), (_?, _?): return nil
        }
    }

    /// The model that a wish for SQL goes to.
    func asked(_ wish: NewSQLGeneration) async throws -> ChosenModel {
        let alias = try FieldChecks.stored(wish.model, field: "model")
        let named = wish.llmConfig?.name.map(ProviderModelID.init(rawValue:))
        let chosen =
            wish.finetuning == nil && alias == nil
            ? try base(named) : try await tuned(wish.finetuning, alias: alias.map(ModelAlias.init(rawValue:)))
        if let named, named != chosen.asked.name {
            throw APIError.invalidField("llm_config.llm_name", "must be \(chosen.asked.name), the model that is asked")
        }
        if let address = wish.llmConfig?.address, address != chosen.provider.baseURL {
            throw APIError.invalidField(
                "llm_config.api_base", "must be \(chosen.provider.baseURL), where the key belongs")
        }
        return chosen
    }

    private func base(_ name: ProviderModelID?) throws(APIError) -> ChosenModel {
        guard let name else {
            throw APIError.invalidField("finetuning_id", "or model, llm_config.llm_name or sql is needed")
        }
        let model = try catalogue.now.model(name, of: .openAI, field: "llm_config.llm_name")
        let asked = AskedModel(provider: model.provider, name: name, finetuning: nil, alias: nil)
        return ChosenModel(
            provider: try provider(model.provider), asked: asked, connection: nil,
            recipe: PromptRecipe(schemas: nil, limit: ExampleLimit(model)), trainedFingerprint: nil,
            contextTokens: model.contextTokens)
    }

    private func chosen(_ finetuning: Jobs.Finetuning, alias: AskedModel.Alias?) throws -> ChosenModel {
        guard let model = finetuning.tunedModel else { throw StoreError.notSucceeded(finetuning.id) }
        return ChosenModel(
            provider: try provider(model.provider),
            asked: AskedModel(
                provider: model.provider, name: model.name, finetuning: finetuning.id, alias: alias),
            connection: finetuning.connectionID,
            recipe: PromptRecipe(schemas: finetuning.schemas, limit: ExampleLimit(finetuning.lineage)),
            trainedFingerprint: model.promptFingerprint,
            contextTokens: catalogue.now.find(model.provider, finetuning.baseModel.name)?.contextTokens)
    }

    private func provider(_ name: ProviderName) throws(APIError) -> any FinetuningProvider {
        guard let provider = providers[name] else {
            throw APIError(
                .modelProviderNotSupported, "the configuration has no provider \(name) any more",
                remedy: "Configure it, or ask another model.", detail: ["provider": .string(name.rawValue)])
        }
        return provider
    }
}

/// The model that a question goes to, and what its prompts are made with.
struct ChosenModel: Sendable {
    let provider: any FinetuningProvider
    let asked: AskedModel
    /// The database that it was trained on.
    let connection: ObjectID?
    let recipe: PromptRecipe
    /// What tells the prompts that it was trained on from others.
    let trainedFingerprint: String?
    /// The most tokens of prompt and answer, where the catalogue knows.
    let contextTokens: Int?

    /// The same recipe, with other schemas where some are named.
    func recipe(showing schemas: [String]) -> PromptRecipe {
        PromptRecipe(schemas: schemas.isEmpty ? recipe.schemas : schemas, limit: recipe.limit)
    }
}
