import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

/// An order for a finetuning, checked: what a plan and a job start from.
struct FinetuningOrder: Sendable {
    let connection: TrainingData.DatabaseConnection
    let alias: String
    let baseModel: BaseModel
    /// What the catalogue says of the base model.
    let model: CataloguedModel
    let lineage: Jobs.Lineage
    let minimumExamples: Int
    let minimumValidationExamples: Int
    /// The records that were named; all but invalid ones where none were.
    let namedRecords: [ObjectID]?
    let holdOut: HoldOut
    let schemas: [String]
    let metadata: JSONText?
    /// The alias that is to stand for the model.
    let promotesTo: ModelAlias?
}

/// Checks orders against the providers and models that there are.
struct OrderDesk: Sendable {
    let providers: ProviderRegistry
    let catalogue: Current<ModelCatalogue>
    let defaultModel: Current<ProviderModelID>

    /// The order that a request makes.
    func order(
        _ request: NewFinetuning, for connection: TrainingData.DatabaseConnection, now: Timestamp
    ) throws(APIError) -> FinetuningOrder {
        let provider = try provider(request.baseLLM?.modelProvider)
        let catalogue = catalogue.now
        let model = try catalogue.model(
            wanted(request.baseLLM), of: provider.name, field: "base_llm.model_name")
        let alias = try request.alias.map { alias throws(APIError) in try FieldChecks.name(alias, field: "alias") }
        return FinetuningOrder(
            connection: connection, alias: alias ?? "\(connection.alias)_\(now.compactHour)",
            baseModel: try baseModel(request.baseLLM, of: provider), model: model,
            lineage: Jobs.Lineage(of: model, in: catalogue, seed: try seed(request.seed)),
            minimumExamples: provider.capabilities.minimumExamples,
            minimumValidationExamples: provider.capabilities.minimumValidationExamples,
            namedRecords: try named(request.goldenRecords, field: "golden_records"),
            holdOut: try holdOut(request, at: provider), schemas: request.schemas ?? connection.schemas,
            metadata: try FieldChecks.metadata(request.metadata),
            promotesTo: try request.promotesTo.map { alias throws(APIError) in
                ModelAlias(rawValue: try FieldChecks.name(alias, field: "auto_promote"))
            })
    }

    private func provider(_ name: String?) throws(APIError) -> any FinetuningProvider {
        let name = ProviderName(rawValue: name ?? ProviderName.openAI.rawValue)
        guard let provider = providers[name] else {
            throw APIError(
                .modelProviderNotSupported, "no provider is called \"\(name.rawValue.prefix(64))\"",
                remedy: "Use one of: \(providers.names.joined(separator: ", ")).",
                detail: ["field": "base_llm.model_provider"])
        }
        return provider
    }

    private func baseModel(_ base: BaseLLM?, of provider: any FinetuningProvider) throws(APIError) -> BaseModel {
        let parameters = try Jobs.ModelParameters(base?.modelParameters ?? Wire.ModelParameters())
        if let violation = parameters.violation(of: provider.capabilities) {
            throw .invalidParameter(violation.name, mustBe: violation.allowed)
        }
        return BaseModel(provider: provider.name, name: wanted(base), parameters: parameters)
    }

    private func wanted(_ base: BaseLLM?) -> ProviderModelID {
        base?.modelName.map(ProviderModelID.init(rawValue:)) ?? defaultModel.now
    }

    private func seed(_ seed: Int?) throws(APIError) -> Int {
        let seed = seed ?? Jobs.Lineage.seeds.lowerBound
        guard Jobs.Lineage.seeds.contains(seed) else {
            throw .invalidField(
                "seed", "must be from \(Jobs.Lineage.seeds.lowerBound) to \(Jobs.Lineage.seeds.upperBound)")
        }
        return seed
    }

    func named(_ ids: [ObjectID]?, field: String) throws(APIError) -> [ObjectID]? {
        guard let ids else { return nil }
        guard Set(ids).count == ids.count else {
            throw .invalidField(field, "must not name a golden record twice")
        }
        return ids
    }
}

extension Jobs.Lineage {
    fileprivate init(of model: CataloguedModel, in catalogue: ModelCatalogue, seed: Int) {
        self.init(
            catalogueDate: catalogue.date, vocabulary: model.vocabulary,
            tokensPerExample: model.trainingTokensPerExample, seed: seed)
    }
}

extension Jobs.ModelParameters {
    /// Reads the texts that were sent.
    fileprivate init(_ texts: Wire.ModelParameters) throws(APIError) {
        self.init(
            epochs: try Self.integer(texts.epochs, .epochs),
            batchSize: try Self.integer(texts.batchSize, .batchSize),
            learningRateMultiplier: try Self.number(texts.learningRateMultiplier))
    }

    private static func integer(_ text: ParameterText?, _ name: ParameterViolation.Name) throws(APIError)
        -> Parameter<Int>?
    {
        guard let text = text?.text else { return nil }
        if text == "auto" { return .auto }
        guard let value = Int(text) else { throw .invalidParameter(name, mustBe: "an integer, or \"auto\"") }
        return .value(value)
    }

    private static func number(_ text: ParameterText?) throws(APIError) -> Parameter<Double>? {
        guard let text = text?.text else { return nil }
        if text == "auto" { return .auto }
        guard let value = Double(text), value.isFinite else {
            throw .invalidParameter(.learningRateMultiplier, mustBe: "a number, or \"auto\"")
        }
        return .value(value)
    }
}

extension APIError {
    fileprivate static func invalidParameter(_ name: ParameterViolation.Name, mustBe allowed: String) -> APIError {
        let field = "base_llm.model_parameters.\(name.rawValue)"
        return APIError(
            .invalidModelParameter, "\(name.rawValue) must be \(allowed)",
            remedy: "Correct it, or leave it out for the default.", detail: ["field": .string(field)])
    }
}
