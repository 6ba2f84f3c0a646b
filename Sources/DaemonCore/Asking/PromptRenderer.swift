import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

/// Renders the prompt of a question for agents that ask the provider by themselves: the same prompt, from the same
/// function, as the daemon's own. Nobody else is asked for it.
struct PromptRenderer: Sendable {
    let desk: ModelDesk
    let databases: DescribedDatabases

    /// The rendering, as JSON.
    func rendering(of request: PromptRenderingRequest) async throws -> [UInt8] {
        let question = try FieldChecks.text(request.text, field: "text")
        let model = try await desk.tuned(request.finetuning, alias: request.model.map(ModelAlias.init(rawValue:)))
        let place = try place(request, model)
        let served = try await databases.prompt(for: question, of: place.connection, place.recipe)
        return try rendering(of: served, model, place.connection)
    }

    /// The same at once, if all that it takes is kept, the question is short and no table has to be searched for.
    func keptRendering(of request: IncomingRequest) -> [UInt8]? {
        guard request.query.members.isEmpty, let body = request.body else { return nil }
        do {
            let request: PromptRenderingRequest = try WireDecoder().decode(from: body)
            let question = try FieldChecks.text(request.text, field: "text")
            let alias = request.model.map(ModelAlias.init(rawValue:))
            guard let model = try desk.keptTuned(request.finetuning, alias: alias) else { return nil }
            let place = try place(request, model)
            let fitter = databases.keptFitter(of: place.connection, place.recipe)
            guard let served = fitter?.promptAtOnce(for: question) else { return nil }
            return try rendering(of: served, model, place.connection)
        } catch {
            // Whatever is wrong is said on the way that everybody takes.
            return nil
        }
    }

    private func place(
        _ request: PromptRenderingRequest, _ model: ChosenModel
    ) throws(APIError) -> (connection: ObjectID, recipe: PromptRecipe) {
        guard let connection = request.databaseConnection ?? model.connection else {
            throw .invalidField("db_connection_id", "is missing")
        }
        return (connection, model.recipe(showing: request.schemas ?? []))
    }

    // The messages are there as JSON already; all else is encoded, and put behind them.
    private func rendering(
        of served: ServedPrompt, _ model: ChosenModel, _ connection: ObjectID
    ) throws -> [UInt8] {
        guard let finetuning = model.asked.finetuning else { preconditionFailure("a tuned model has a finetuning") }
        let rest = PromptRendering(
            messages: [], modelID: model.asked.name.rawValue, modelProvider: model.asked.provider.rawValue,
            baseURL: model.provider.baseURL,
            limits: PromptLimits(
                temperature: 0, maximumCompletionTokens: model.recipe.limit.answerReserve,
                contextTokens: model.contextTokens),
            promptFingerprint: served.fingerprint, trainedFingerprint: model.trainedFingerprint,
            warning: model.warning(about: served.fingerprint, of: connection), finetuning: finetuning,
            modelVersion: model.asked.alias?.version, databaseConnection: connection)
        let withoutMessages = #"{"messages":[]"#.utf8.count
        return served.prompt.openJSON + (try WireEncoder().encode(rest)).dropFirst(withoutMessages)
    }
}

extension ChosenModel {
    /// What speaks against asking with prompts of this fingerprint, about this database.
    func warning(about fingerprint: String, of connection: ObjectID) -> String? {
        guard let trainedOn = self.connection else { return nil }
        guard connection == trainedOn else {
            return "the model was trained on another database, connection \(trainedOn); it does not know this one"
        }
        guard let trainedFingerprint else {
            return "it is not known which tables the model was trained on: it was trained by an older version"
        }
        guard fingerprint != trainedFingerprint else { return nil }
        return "the described tables, or what of their values may leave, are not those that the model was trained on; "
            + "its answers may be worse"
    }
}
