import Evaluations
import Identifiers
import Jobs
import Store

/// What a model is measured against before an alias comes to stand for it: the alias's present model, and the golden
/// records that its gate asks for.
struct AliasTerms: Sendable {
    let store: StateStore
    let models: ServedModels
    let catalogue: Current<ModelCatalogue>

    /// The model that the alias stands for. For one that stands for nothing yet, its first model is measured alone.
    func presentModel(of alias: ModelAlias) async throws -> TunedModel? {
        do {
            return try await models.model(alias).current?.model
        } catch StoreError.noModel {
            return nil
        }
    }

    /// What answers of a finetuning's model cost; `nil` where the catalogue does not say.
    func prices(of finetuning: Jobs.Finetuning) -> QuestionPrices? {
        catalogue.now.find(finetuning.baseModel.provider, finetuning.baseModel.name)?.tunedQuestionPrices
    }

    /// The golden records of a connection that are asked besides those held out, trained on or not: those that must
    /// pass, where the alias's gate holds them.
    func mustPassRecordIDs(for alias: ModelAlias, of connection: ObjectID) async throws -> [ObjectID] {
        guard try await gate(of: alias).holdsMustPass else { return [] }
        return try await store.mustPassRecordIDs(of: connection)
    }

    // An alias without a gate is promoted to by itself as if it had this one.
    private func gate(of alias: ModelAlias) async throws -> Evaluations.PromotionGate {
        do {
            return try await models.model(alias).gate ?? .automatic
        } catch StoreError.noModel {
            return .automatic
        }
    }
}
