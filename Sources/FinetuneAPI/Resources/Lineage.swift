/// All that a finetuning is made with, defaults filled in: with the same golden records and tables, it makes the same
/// training file again.
public struct Lineage: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case catalogueDate = "catalogue_date"
        case vocabulary
        case tokensPerExample = "tokens_per_example"
        case modelParameters = "model_parameters"
        case seed
        case serialiserVersion = "serialiser_version"
        case schemaFingerprint = "schema_fingerprint"
        case redaction
        case datasetSHA256 = "dataset_sha256"
        case datasetTokens = "dataset_tokens"
    }

    /// The date of the model catalogue when the order was accepted: `2026-07-02`.
    public var catalogueDate: String
    /// How the model splits text into tokens.
    public var vocabulary: String
    /// The most tokens of an example.
    public var tokensPerExample: Int
    /// Every hyperparameter.
    public var modelParameters: ModelParameters
    /// The number from which the provider draws what training leaves to chance.
    public var seed: Int
    /// The version of the form in which prompts are written, once the training file is made.
    public var serialiserVersion: Int?
    /// Tells the state of the described tables that the training file shows from any other.
    public var schemaFingerprint: String?
    /// Which of the database's values were allowed to leave.
    public var redaction: Redaction?
    /// The SHA-256 of the training file, in hexadecimal digits.
    public var datasetSHA256: String?
    /// The tokens of all examples, as the provider counts and charges them for an epoch.
    public var datasetTokens: Int?

    /// What a finetuning is made with.
    public init(
        catalogueDate: String, vocabulary: String, tokensPerExample: Int, modelParameters: ModelParameters, seed: Int,
        serialiserVersion: Int?, schemaFingerprint: String?, redaction: Redaction?, datasetSHA256: String?,
        datasetTokens: Int?
    ) {
        self.catalogueDate = catalogueDate
        self.vocabulary = vocabulary
        self.tokensPerExample = tokensPerExample
        self.modelParameters = modelParameters
        self.seed = seed
        self.serialiserVersion = serialiserVersion
        self.schemaFingerprint = schemaFingerprint
        self.redaction = redaction
        self.datasetSHA256 = datasetSHA256
        self.datasetTokens = datasetTokens
    }
}

// MARK: For the OpenAPI document

extension Lineage: Refined {
    static let refinements = Dictionary([
        CodingKeys.catalogueDate: .text(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$").example("2026-07-02"),
        .vocabulary: .example("o200k_base"), .tokensPerExample: .integer(from: 1), .seed: .integer(from: 0),
        .serialiserVersion: .integer(from: 1), .schemaFingerprint: .text(matching: "^[0-9a-f]{64}$"),
        .datasetSHA256: .text(matching: "^[0-9a-f]{64}$"), .datasetTokens: .integer(from: 0),
    ])
}
