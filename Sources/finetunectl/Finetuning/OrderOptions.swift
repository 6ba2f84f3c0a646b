import ArgumentParser
import FinetuneAPI
import Identifiers

/// What is to be trained: the same for a plan and for the finetuning itself.
struct OrderOptions: ParsableArguments {
    @Argument(help: "The connection whose golden records to train on: its id or alias.")
    var connection: Reference

    @Option(help: "The finetuning's name, unique. Default: the connection's with the hour.")
    var alias: String?

    @Option(help: "The model to start from. Default: the daemon's.")
    var model: String?

    @Option(help: "Who trains it. Default: openai.")
    var provider: String?

    @Option(help: "How often to go over all examples: 1 to 50, or auto. Default: 3.")
    var epochs: String?

    @Option(help: "How many examples make one step: 1 to 256, or auto. Default: 1.")
    var batchSize: String?

    @Option(help: "Of the provider's own learning rate: a number, or auto. Default: auto.")
    var learningRateMultiplier: String?

    @Option(
        name: .customLong("record"),
        help: ArgumentHelp("A golden record to train on; repeat it. Default: all valid ones.", valueName: "id"))
    var records: [ObjectID] = []

    @Option(
        help: ArgumentHelp(
            "Hold out about this share of the records from training, and measure the model on them: up to 0.5.",
            valueName: "share"))
    var validationFraction: Double?

    @Option(
        name: .customLong("validation-record"),
        help: ArgumentHelp("A golden record to hold out, in place of a share; repeat it.", valueName: "id"))
    var validationRecords: [ObjectID] = []

    @Option(
        help: ArgumentHelp(
            "The alias for the model: once it is trained, it is measured on the records held out and promoted if it may.",
            valueName: "alias"))
    var autoPromote: String?

    @Option(name: .customLong("schema"), help: "A schema whose tables prompts show; repeat it. Default: all.")
    var schemas: [String] = []

    @Option(help: "From what the provider draws what training leaves to chance: 0 to 2147483647. Default: 0.")
    var seed: Int?

    @Option(help: ArgumentHelp("Notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    /// The order as a request carries it. Values are sent as they were given: the daemon judges them.
    func order(in session: Session) async throws -> NewFinetuning {
        order(for: try await session.connectionID(connection))
    }

    func order(for connection: ObjectID) -> NewFinetuning {
        NewFinetuning(
            databaseConnection: connection, alias: alias, baseLLM: baseLLM,
            goldenRecords: records.isEmpty ? nil : records, schemas: schemas.isEmpty ? nil : schemas,
            metadata: metadata, seed: seed, validationFraction: validationFraction,
            validationGoldenRecords: validationRecords.isEmpty ? nil : validationRecords, promotesTo: autoPromote)
    }

    private var baseLLM: BaseLLM? {
        let parameters = ModelParameters(
            epochs: epochs.map { ParameterText($0) }, batchSize: batchSize.map { ParameterText($0) },
            learningRateMultiplier: learningRateMultiplier.map { ParameterText($0) })
        let hasParameters = parameters != ModelParameters()
        guard model != nil || provider != nil || hasParameters else { return nil }
        return BaseLLM(
            modelProvider: provider, modelName: model, modelParameters: hasParameters ? parameters : nil)
    }
}
