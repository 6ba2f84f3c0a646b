/// The base models that can be fine-tuned, and what is known of each on a certain day.
package struct ModelCatalogue: Hashable, Sendable {
    /// The day on which its facts were looked up last.
    package var date: CalendarDay
    /// The models, in the order of the catalogue.
    package private(set) var models: [CataloguedModel]

    /// A catalogue of these models. Of two of the same provider and name, the later one counts.
    package init(date: CalendarDay, models: [CataloguedModel]) {
        self.date = date
        self.models = []
        for model in models { add(model) }
    }

    /// No models.
    package static let empty = ModelCatalogue(date: .epoch, models: [])

    /// The model of this name or alias, `nil` if the provider has none such here.
    package func find(_ provider: ProviderName, _ name: ProviderModelID) -> CataloguedModel? {
        let models = models.filter { $0.provider == provider }
        return models.first { $0.name == name } ?? models.first { $0.aliases.contains(name) }
    }

    /// What the provider's models are called, aliases too: to suggest one for a name that is not here.
    package func names(of provider: ProviderName) -> [String] {
        models.filter { $0.provider == provider }.flatMap { [$0.name] + $0.aliases }.map(\.rawValue)
    }

    /// This catalogue with the models of another added or put in place of its own, and the later date.
    package func overlaid(with other: ModelCatalogue) -> ModelCatalogue {
        ModelCatalogue(date: max(date, other.date), models: models + other.models)
    }

    private mutating func add(_ model: CataloguedModel) {
        if let index = models.firstIndex(where: { $0.provider == model.provider && $0.name == model.name }) {
            models[index] = model
        } else {
            models.append(model)
        }
    }
}

/// A base model that can be fine-tuned.
package struct CataloguedModel: Hashable, Sendable {
    /// Who trains it.
    package var provider: ProviderName
    /// Its name at the provider.
    package var name: ProviderModelID
    /// Names that the provider takes for the same model.
    package var aliases: [ProviderModelID]
    /// The most tokens of a prompt and its answer together, once it is tuned.
    package var contextTokens: Int
    /// The most tokens of one training example.
    package var trainingTokensPerExample: Int
    /// The most bytes of a training or validation file; `nil` if not known.
    package var trainingFileBytes: Int?
    /// How it splits text into tokens.
    package var vocabulary: Vocabulary
    /// What a million trained tokens cost, an epoch; `nil` if not known.
    package var pricePerMillionTrainingTokens: Price?
    /// What its answers cost; `nil` if not known.
    package var questionPrices: QuestionPrices?
    /// What answers of models that are tuned from it cost; `nil` if not known.
    package var tunedQuestionPrices: QuestionPrices?
    /// The first day on which the provider no longer offers it; `nil` if none is announced.
    package var shutdownDate: CalendarDay?

    /// A model.
    package init(
        provider: ProviderName, name: ProviderModelID, aliases: [ProviderModelID] = [], contextTokens: Int,
        trainingTokensPerExample: Int, trainingFileBytes: Int? = nil, vocabulary: Vocabulary,
        pricePerMillionTrainingTokens: Price? = nil, questionPrices: QuestionPrices? = nil,
        tunedQuestionPrices: QuestionPrices? = nil, shutdownDate: CalendarDay? = nil
    ) {
        self.provider = provider
        self.name = name
        self.aliases = aliases
        self.contextTokens = contextTokens
        self.trainingTokensPerExample = trainingTokensPerExample
        self.trainingFileBytes = trainingFileBytes
        self.vocabulary = vocabulary
        self.pricePerMillionTrainingTokens = pricePerMillionTrainingTokens
        self.questionPrices = questionPrices
        self.tunedQuestionPrices = tunedQuestionPrices
        self.shutdownDate = shutdownDate
    }

    /// Whether the provider offers it on a day.
    package func isOffered(on day: CalendarDay) -> Bool {
        shutdownDate.map { day < $0 } ?? true
    }
}

/// How a model splits text into tokens: the name of a published byte-pair encoding.
package enum Vocabulary: String, Hashable, Sendable, CaseIterable {
    /// Of gpt-3.5-turbo and gpt-4.
    case cl100k = "cl100k_base"
    /// Of gpt-4o and gpt-4.1.
    case o200k = "o200k_base"
}
