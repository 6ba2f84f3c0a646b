import Jobs
import Testing

@testable import finetuned

@Suite("The model catalogue")
struct ModelCatalogueTests {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    @Test(
        "knows the models that OpenAI tunes",
        arguments: [
            ("gpt-4o-mini-2024-07-18" as ProviderModelID, 65_536, Vocabulary.o200k, "3.00"),
            ("gpt-4o-2024-08-06", 65_536, .o200k, "25.00"),
            ("gpt-4.1", 65_536, .o200k, "25.00"),
            ("gpt-4.1-mini", 65_536, .o200k, "5.00"),
            ("gpt-4.1-nano", 65_536, .o200k, "1.50"),
            ("gpt-4-0613", 8_192, .cl100k, "90.00"),
            ("gpt-3.5-turbo", 16_385, .cl100k, "8.00"),
            ("gpt-3.5-turbo-1106", 16_385, .cl100k, "8.00"),
            ("gpt-3.5-turbo-0613", 4_096, .cl100k, "8.00"),
        ])
    func builtIn(name: ProviderModelID, tokens: Int, vocabulary: Vocabulary, price: String) throws {
        let model = try #require(try ModelCatalogue.builtIn().find(.openAI, name))
        #expect(model.trainingTokensPerExample == tokens)
        #expect(model.vocabulary == vocabulary)
        #expect(model.pricePerMillionTrainingTokens?.description == price)
    }

    @Test("knows the default model")
    func defaultModel() throws {
        let configuration = try load()
        let model = ProviderModelID(rawValue: configuration.finetunings.defaultModel)
        #expect(configuration.catalogue.find(.openAI, model) != nil)
    }

    @Test("is overlaid by the host's own, model by model")
    func overlay() throws {
        let path = try directory.file(
            "models.yaml",
            """
            date: 2030-01-02
            models:
              - {provider: openai, name: gpt-4-0613, context_tokens: 1, training_tokens_per_example: 2, vocabulary: o200k_base}
              - {provider: ours, name: mine, context_tokens: 3, training_tokens_per_example: 4, vocabulary: cl100k_base}
            """)
        let usual = try load(environment: ["CONFIGURATION_DIRECTORY": directory.path])
        let named = try load(environment: ["FINETUNED_MODELS": path])
        for catalogue in [usual.catalogue, named.catalogue] {
            #expect(catalogue.date == CalendarDay("2030-01-02"))
            #expect(catalogue.find(.openAI, "gpt-4-0613")?.trainingTokensPerExample == 2)
            #expect(catalogue.find(.openAI, "gpt-4-0613")?.pricePerMillionTrainingTokens == nil)
            #expect(catalogue.names(of: ProviderName(rawValue: "ours")) == ["mine"])
            #expect(catalogue.find(.openAI, "gpt-4o") != nil)
        }
    }

    @Test(
        "that is not right stops the start with file, line and reason",
        arguments: [
            ("models: []", ":1: date: is missing"),
            ("date: soon\nmodels: []", ":1: date: must be a day like 2026-10-23"),
            ("date: 2026-02-30\nmodels: []", ":1: date: must be a day like 2026-10-23"),
            ("date: 2026-01-01", ":1: models: must be a list of models"),
            ("date: 2026-01-01\nmodel: []\nmodels: []", ":2: model: there is no such key; did you mean models?"),
            ("date: 2026-01-01\nmodels:\n  - gpt-4", ":3: must hold the keys provider, name"),
            ("date: 2026-01-01\nmodels:\n  - {provider: openai}", ":3: name: is missing"),
            ("date: 2026-01-01\nmodels:\n  - {context_tokens: -1}", ":3: context_tokens: must be a number of tokens"),
            ("", ": is empty"),
        ])
    func invalid(text: String, problem: String) throws {
        let path = try directory.file("models.yaml", text)
        let found = problems { () throws(InvalidConfiguration) in try load(environment: ["FINETUNED_MODELS": path]) }
        #expect(found.contains { $0.hasPrefix(path + problem) }, "\(found)")
    }
}
