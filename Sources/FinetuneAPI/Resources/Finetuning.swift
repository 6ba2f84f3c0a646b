public import Identifiers

/// One order to fine-tune a model, and how far it is.
public struct Finetuning: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, alias
        case databaseConnection = "db_connection_id"
        case status, error
        case baseLLM = "base_llm"
        case fileID = "finetuning_file_id"
        case jobID = "finetuning_job_id"
        case modelID = "model_id"
        case createdAt = "created_at"
        case goldenRecords = "golden_records"
        case metadata, schemas
        case updatedAt = "updated_at"
        case step, obstacle
        case cancelRequested = "cancel_requested"
        case trainingFile = "training_file"
        case validationFraction = "validation_fraction"
        case validationGoldenRecords = "validation_golden_records"
        case validationFileID = "validation_file_id"
        case validationFile = "validation_file"
        case lineage
        case ownerUID = "owner_uid"
        case cost
        case trainedTokens = "trained_tokens"
        case spent
        case automaticPromotion = "auto_promotion"
    }

    /// Its id.
    public var id: ObjectID
    /// Its name, unique.
    public var alias: String
    /// The database whose golden records it trains on.
    public var databaseConnection: ObjectID
    /// The provider's status where there is a provider's job, `queued` before.
    public var status: FinetuningStatus
    /// Why it failed.
    public var error: String?
    /// The model that it starts from.
    public var baseLLM: BaseLLM
    /// The training file's id at the provider.
    public var fileID: String?
    /// The job's id at the provider.
    public var jobID: String?
    /// The tuned model's id.
    public var modelID: String?
    /// When it was accepted.
    public var createdAt: Timestamp
    /// The golden records that it trains on, in order.
    public var goldenRecords: [ObjectID]
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// The schemas whose tables the prompts show; all where empty.
    public var schemas: [String]
    /// When it last changed.
    public var updatedAt: Timestamp
    /// The step that it is at.
    public var step: FinetuningStep
    /// What stands in its way, while something does.
    public var obstacle: String?
    /// Whether its end was asked for.
    public var cancelRequested: Bool
    /// The training file, once it is made.
    public var trainingFile: TrainingFile?
    /// The share of the golden records that was to be held out from training.
    public var validationFraction: Double?
    /// The golden records that are held out from training, to measure the model on.
    public var validationGoldenRecords: [ObjectID]
    /// The validation file's id at the provider.
    public var validationFileID: String?
    /// The validation file, once it is made.
    public var validationFile: TrainingFile?
    /// All that the training file and the job are made with.
    public var lineage: Lineage
    /// The uid of the user who ordered it.
    public var ownerUID: Int?
    /// What it was expected to cost when it was accepted.
    public var cost: TrainingCost?
    /// The tokens that the provider bills, all epochs together, once it says so.
    public var trainedTokens: Int?
    /// What it counts in budgets, in the currency of `cost`: the most that it can cost until the provider tells the
    /// trained tokens. Nothing where the price is not known.
    public var spent: Double?
    /// What becomes of the model by itself, where the order named an alias for it.
    public var automaticPromotion: AutomaticPromotion?

    /// A finetuning.
    public init(
        id: ObjectID, alias: String, databaseConnection: ObjectID, status: FinetuningStatus, error: String?,
        baseLLM: BaseLLM, fileID: String?, jobID: String?, modelID: String?, createdAt: Timestamp,
        goldenRecords: [ObjectID], metadata: JSONValue?, schemas: [String], updatedAt: Timestamp,
        step: FinetuningStep, obstacle: String?, cancelRequested: Bool, trainingFile: TrainingFile?,
        validationFraction: Double? = nil, validationGoldenRecords: [ObjectID] = [], validationFileID: String? = nil,
        validationFile: TrainingFile? = nil, lineage: Lineage, ownerUID: Int? = nil, cost: TrainingCost? = nil,
        trainedTokens: Int? = nil, spent: Double? = nil, automaticPromotion: AutomaticPromotion? = nil
    ) {
        self.id = id
        self.alias = alias
        self.databaseConnection = databaseConnection
        self.status = status
        self.error = error
        self.baseLLM = baseLLM
        self.fileID = fileID
        self.jobID = jobID
        self.modelID = modelID
        self.createdAt = createdAt
        self.goldenRecords = goldenRecords
        self.metadata = metadata
        self.schemas = schemas
        self.updatedAt = updatedAt
        self.step = step
        self.obstacle = obstacle
        self.cancelRequested = cancelRequested
        self.trainingFile = trainingFile
        self.validationFraction = validationFraction
        self.validationGoldenRecords = validationGoldenRecords
        self.validationFileID = validationFileID
        self.validationFile = validationFile
        self.lineage = lineage
        self.ownerUID = ownerUID
        self.cost = cost
        self.trainedTokens = trainedTokens
        self.spent = spent
        self.automaticPromotion = automaticPromotion
    }
}

/// Where a finetuning is.
public enum FinetuningStatus: String, Codable, Sendable, Hashable, CaseIterable {
    case queued
    case running
    case succeeded
    case failed
    case validatingFiles = "validating_files"
    case cancelled

    /// Whether nothing will change any more.
    public var isTerminal: Bool {
        switch self {
        case .queued, .running, .validatingFiles: false
        case .succeeded, .failed, .cancelled: true
        }
    }
}

/// The step of its life that a finetuning is at.
public enum FinetuningStep: String, Codable, Sendable, Hashable, CaseIterable {
    /// Accepted; the training file is to be made, and the validation file where records are held out.
    case recorded
    /// The files are made, and one is to be sent: the training file first.
    case built
    /// A file is being sent.
    case uploading
    /// The provider looks at a file.
    case processing
    /// The provider is to be asked for a job.
    case ready
    /// The provider is being asked for a job.
    case submitting
    /// The provider has the job.
    case submitted
    /// It is over.
    case done
}

/// A training or validation file on the daemon's host.
public struct TrainingFile: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case examples, bytes, sha256
    }

    /// Its lines.
    public var examples: Int
    /// Its size.
    public var bytes: Int
    /// Its SHA-256, in hexadecimal digits.
    public var sha256: String

    /// A file.
    public init(examples: Int, bytes: Int, sha256: String) {
        self.examples = examples
        self.bytes = bytes
        self.sha256 = sha256
    }
}

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

/// The model that a finetuning starts from, and how it is trained.
public struct BaseLLM: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case modelProvider = "model_provider"
        case modelName = "model_name"
        case modelParameters = "model_parameters"
    }

    /// Who trains it; `openai` where left out.
    public var modelProvider: String?
    /// The model's name; the configured default where left out.
    public var modelName: String?
    /// The hyperparameters that were sent.
    public var modelParameters: ModelParameters?

    /// A base model.
    public init(modelProvider: String? = nil, modelName: String? = nil, modelParameters: ModelParameters? = nil) {
        self.modelProvider = modelProvider
        self.modelName = modelName
        self.modelParameters = modelParameters
    }
}

/// What orders a finetuning, or asks for its plan.
public struct NewFinetuning: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case alias
        case baseLLM = "base_llm"
        case goldenRecords = "golden_records"
        case schemas, metadata, seed
        case validationFraction = "validation_fraction"
        case validationGoldenRecords = "validation_golden_records"
        case planSHA256 = "plan_sha256"
        case promotesTo = "auto_promote"
    }

    /// The database whose golden records it trains on.
    public var databaseConnection: ObjectID
    /// Its name; the connection's with the hour where left out.
    public var alias: String?
    /// The model that it starts from.
    public var baseLLM: BaseLLM?
    /// The golden records; all but invalid ones where left out.
    public var goldenRecords: [ObjectID]?
    /// The schemas whose tables the prompts show; the connection's where left out.
    public var schemas: [String]?
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// The number from which the provider draws what training leaves to chance; 0 where left out.
    public var seed: Int?
    /// The share of the golden records to hold out from training and measure the model on, about. Which they are
    /// follows from what they say, so that records which are added move none. None where left out.
    public var validationFraction: Double?
    /// The golden records to hold out from training and measure the model on, in place of a share.
    public var validationGoldenRecords: [ObjectID]?
    /// What a plan gave as `plan_sha256`: refused if what would be trained is no longer that. A plan ignores it.
    public var planSHA256: String?
    /// The alias that is to stand for the model. Once it is trained, it is measured on the golden records that were
    /// held out, against the alias's present model, and promoted if the alias's gate lets it through; where the alias
    /// has no gate, if it does not lose by more than chance and loses no golden record marked `must_pass`.
    public var promotesTo: String?

    /// An order.
    public init(
        databaseConnection: ObjectID, alias: String? = nil, baseLLM: BaseLLM? = nil, goldenRecords: [ObjectID]? = nil,
        schemas: [String]? = nil, metadata: JSONValue? = nil, seed: Int? = nil, validationFraction: Double? = nil,
        validationGoldenRecords: [ObjectID]? = nil, planSHA256: String? = nil, promotesTo: String? = nil
    ) {
        self.databaseConnection = databaseConnection
        self.alias = alias
        self.baseLLM = baseLLM
        self.goldenRecords = goldenRecords
        self.schemas = schemas
        self.metadata = metadata
        self.seed = seed
        self.validationFraction = validationFraction
        self.validationGoldenRecords = validationGoldenRecords
        self.planSHA256 = planSHA256
        self.promotesTo = promotesTo
    }
}

/// What changes a finetuning; keys left out stay.
public struct FinetuningChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case metadata
    }

    /// The new notes.
    public var metadata: Change<JSONValue>

    /// Changes.
    public init(metadata: Change<JSONValue> = .unchanged) {
        self.metadata = metadata
    }
}

// MARK: For the OpenAPI document

extension Finetuning: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .example("shop_2023121317"), .fileID: .example("file-abc123"),
        .jobID: .example("ftjob-abc123"), .modelID: .example("ft:gpt-4o-mini-2024-07-18:org:shop:abc123"),
        .metadata: .object,
    ])
}

extension TrainingFile: Refined {
    static let refinements = Dictionary([
        CodingKeys.examples: .integer(from: 0), .bytes: .integer(from: 0),
        .sha256: .text(matching: "^[0-9a-f]{64}$").example(.string(String(repeating: "0123456789abcdef", count: 4))),
    ])
}

extension Lineage: Refined {
    static let refinements = Dictionary([
        CodingKeys.catalogueDate: .text(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$").example("2026-07-02"),
        .vocabulary: .example("o200k_base"), .tokensPerExample: .integer(from: 1), .seed: .integer(from: 0),
        .serialiserVersion: .integer(from: 1), .schemaFingerprint: .text(matching: "^[0-9a-f]{64}$"),
        .datasetSHA256: .text(matching: "^[0-9a-f]{64}$"), .datasetTokens: .integer(from: 0),
    ])
}

extension BaseLLM: Refined {
    static let refinements = Dictionary([
        CodingKeys.modelProvider: .example("openai"), .modelName: .example("gpt-4o-mini-2024-07-18"),
    ])
}

extension NewFinetuning: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .text(FieldLimits.nameLength).example("shop-1"), .metadata: .object,
        .seed: .integer(0...2_147_483_647).defaulting(to: 0),
        .validationFraction: .fraction(upTo: FieldLimits.largestValidationFraction).example(0.1),
        .promotesTo: .text(FieldLimits.nameLength).example("sales-sql"),
    ])
}

extension FinetuningChanges: Refined {
    static let refinements = Dictionary([
        CodingKeys.metadata: .object.example(["owner": "sales"])
    ])
}
