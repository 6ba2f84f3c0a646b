import Evaluations
import Identifiers
import Jobs
import TrainingData

/// What measuring a model takes at most before an alias comes to stand for it, as the alias and the golden records are
/// now.
struct PlannedMeasuring: Hashable, Sendable {
    /// The alias.
    let alias: ModelAlias
    /// How many of the questions are those held out.
    let heldOutCount: Int
    /// How many golden records that must pass are asked besides, trained on or not.
    let mustPassCount: Int
    /// The most tokens of all prompts to one model.
    private let promptTokens: Int
    /// The most tokens of all answers of one model.
    private let answerTokens: Int
    /// What the new model's answers cost; `nil` where the catalogue does not say.
    private let prices: QuestionPrices?
    /// The model that the alias stands for.
    private let baseline: Baseline

    /// What the model is compared with.
    enum Baseline: Hashable, Sendable {
        /// The alias stands for nothing yet.
        case none
        /// A model whose answers cost this; `nil` where the catalogue does not say.
        case model(QuestionPrices?)
    }

    /// What follows from a plan's files, the records that must pass, and the prices. Looks at each record that is
    /// trained on: work for a thread that may take its time.
    init(
        _ alias: ModelAlias, training: PlannedDataset, heldOut: PlannedDataset, mustPass: [ObjectID],
        limit: ExampleLimit, prices: QuestionPrices?, baseline: Baseline
    ) {
        let others = Set(mustPass).subtracting(heldOut.records)
        let trained = others.isEmpty ? 0 : training.records.count { others.contains($0) }
        // Nobody has counted the tokens of a record that is in neither file.
        let largest = limit.tokens - limit.answerReserve
        let largestTrained = min(training.plan.tokens?.maximum ?? largest, largest)
        self.alias = alias
        heldOutCount = heldOut.records.count
        mustPassCount = others.count
        promptTokens =
            (heldOut.plan.tokens?.total ?? 0) + trained * largestTrained + (others.count - trained) * largest
        answerTokens = (heldOutCount + mustPassCount) * limit.answerReserve
        self.prices = prices
        self.baseline = baseline
    }

    /// How many questions each model is asked.
    var questionCount: Int { heldOutCount + mustPassCount }

    /// Whether there is a model that it is compared with.
    var hasBaseline: Bool { baseline != .none }

    /// What it costs at most; `nil` where the catalogue does not say.
    var cost: Price? {
        var asked = EvaluationPrices(candidate: prices)
        if case .model(let others) = baseline { asked.baseline = others }
        return asked.cost(
            of: hasBaseline ? Contestant.allCases : [.candidate], promptTokens: promptTokens,
            answerTokens: answerTokens)
    }
}
