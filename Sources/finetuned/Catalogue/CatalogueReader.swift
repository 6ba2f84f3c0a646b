import FinetuneAPI
import Jobs
import Yams

/// Reads the entries of a model catalogue, and gathers what is wrong with them on the way.
struct CatalogueReader {
    private let file: YAMLFile
    private(set) var problems: [InvalidConfiguration.Problem] = []

    init(_ file: YAMLFile) {
        self.file = file
    }

    /// The whole catalogue; `nil` if there are problems.
    mutating func catalogue(_ root: Node) -> ModelCatalogue? {
        guard let fields = fields(of: root, among: ["date", "models"]) else { return nil }
        let date = required(fields, "date", "a day like 2026-10-23", CalendarDay.init)
        let entries = fields.values["models"]?.sequence
        if entries == nil { complain(fields.node, "models", "must be a list of models") }
        let models = entries.map(Array.init)?.map { model($0) } ?? []
        guard problems.isEmpty, let date else { return nil }
        return ModelCatalogue(date: date, models: models.compactMap { $0 })
    }

    private static let modelFields =
        [
            "provider", "name", "aliases", "context_tokens", "training_tokens_per_example", "training_file_bytes",
            "vocabulary", "price_per_million_training_tokens", "shutdown_date",
        ] + QuestionPriceFields.base.names + QuestionPriceFields.tuned.names

    private mutating func model(_ node: Node) -> CataloguedModel? {
        guard let fields = fields(of: node, among: Self.modelFields) else { return nil }
        let vocabularies = Vocabulary.allCases.map(\.rawValue).joined(separator: " or ")
        let provider = required(fields, "provider", "a provider's name", Self.nonempty)
        let name = required(fields, "name", "a model's name", Self.nonempty)
        let context = required(fields, "context_tokens", "a number of tokens", Self.positive)
        let perExample = required(fields, "training_tokens_per_example", "a number of tokens", Self.positive)
        let fileBytes = optional(fields, "training_file_bytes", "a number of bytes", Self.positive)
        let vocabulary = required(fields, "vocabulary", vocabularies, Vocabulary.init)
        let price = optional(fields, "price_per_million_training_tokens", "dollars, like 1.50", Price.init)
        let questions = questionPrices(fields, .base)
        let tunedQuestions = questionPrices(fields, .tuned)
        let shutdown = optional(fields, "shutdown_date", "a day like 2026-10-23", CalendarDay.init)
        let aliases = aliases(fields)
        guard let provider, let name, let context, let perExample, let vocabulary else { return nil }
        return CataloguedModel(
            provider: ProviderName(rawValue: provider), name: ProviderModelID(rawValue: name),
            aliases: aliases.map(ProviderModelID.init(rawValue:)), contextTokens: context,
            trainingTokensPerExample: perExample, trainingFileBytes: fileBytes, vocabulary: vocabulary,
            pricePerMillionTrainingTokens: price, questionPrices: questions, tunedQuestionPrices: tunedQuestions,
            shutdownDate: shutdown)
    }

    private mutating func questionPrices(_ fields: Fields, _ names: QuestionPriceFields) -> QuestionPrices? {
        let input = optional(fields, names.input, "dollars, like 1.50", Price.init)
        let output = optional(fields, names.output, "dollars, like 1.50", Price.init)
        if (fields.values[names.input] == nil) != (fields.values[names.output] == nil) {
            complain(fields.node, names.input, "goes together with \(names.output)")
        }
        guard let input, let output else { return nil }
        return QuestionPrices(input: input, output: output)
    }

    private mutating func aliases(_ fields: Fields) -> [String] {
        guard let node = fields.values["aliases"] else { return [] }
        let names = node.sequence?.map { $0.scalar?.string } ?? [nil]
        if names.contains(nil) { complain(node, "aliases", "must be a list of names") }
        return names.compactMap { $0 }
    }

    private static func nonempty(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func positive(_ text: String) -> Int? {
        Int(text.replacing("_", with: "")).flatMap { $0 > 0 ? $0 : nil }
    }
}

/// The keys for what answers cost.
private struct QuestionPriceFields {
    let input: String
    let output: String

    static let base = QuestionPriceFields(
        input: "price_per_million_input_tokens", output: "price_per_million_output_tokens")
    static let tuned = QuestionPriceFields(
        input: "tuned_price_per_million_input_tokens", output: "tuned_price_per_million_output_tokens")

    var names: [String] { [input, output] }
}

// MARK: - Fields

extension CatalogueReader {
    fileprivate struct Fields {
        let node: Node
        var values: [String: Node] = [:]
    }

    private mutating func fields(of node: Node, among names: [String]) -> Fields? {
        guard let mapping = node.mapping else {
            complain(node, nil, "must hold the keys \(names.joined(separator: ", "))")
            return nil
        }
        var fields = Fields(node: node)
        for (name, value) in mapping {
            let key = name.scalar?.string ?? ""
            if names.contains(key) {
                fields.values[key] = value
            } else {
                let suggestion = NearestName.of(key, among: names).map { "; did you mean \($0)?" } ?? ""
                complain(name, key, "there is no such key" + suggestion)
            }
        }
        return fields
    }

    private mutating func required<Value>(
        _ fields: Fields, _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        if fields.values[name] == nil { complain(fields.node, name, "is missing") }
        return optional(fields, name, expected, parse)
    }

    private mutating func optional<Value>(
        _ fields: Fields, _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let node = fields.values[name] else { return nil }
        let value = node.scalar.flatMap { parse($0.string) }
        if value == nil { complain(node, name, "must be \(expected)") }
        return value
    }

    private mutating func complain(_ node: Node, _ key: String?, _ reason: String) {
        problems.append(file.problem(at: node, key: key, reason))
    }
}
