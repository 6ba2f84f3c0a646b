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

extension FinetuningChanges: Refined {
    static let refinements = Dictionary([
        CodingKeys.metadata: .object.example(["owner": "sales"])
    ])
}
