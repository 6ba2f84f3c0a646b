public import Identifiers

/// What a finetuning would train on, before anything is made or spent.
public struct FinetuningPlan: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case alias
        case baseLLM = "base_llm"
        case ready
        case examples
        case trainingFileBytes = "training_file_bytes"
        case excluded
        case excludedCount = "excluded_count"
        case tables, problems
        case schemaFingerprint = "schema_fingerprint"
        case validationExamples = "validation_examples"
        case validationFileBytes = "validation_file_bytes"
        case serialiserVersion = "serialiser_version"
        case tokens, fitting, leaving, cost
        case planSHA256 = "plan_sha256"
    }

    /// The database.
    public var databaseConnection: ObjectID
    /// The name that the finetuning would get.
    public var alias: String
    /// The model and all of its parameters, defaults filled in.
    public var baseLLM: BaseLLM
    /// Whether it could be ordered now: no problem is an error.
    public var ready: Bool
    /// The examples that the training file would have.
    public var examples: Int
    /// Its size.
    public var trainingFileBytes: Int
    /// Golden records that would stay out, the first hundred.
    public var excluded: [ExcludedRecord]
    /// How many would stay out.
    public var excludedCount: Int
    /// The tables that the prompts would show.
    public var tables: [PlannedTable]
    /// What is wrong, worst first.
    public var problems: [PlanProblem]
    /// Tells one state of the described tables from another.
    public var schemaFingerprint: String
    /// The examples that the validation file would have; none where nothing is held out.
    public var validationExamples: Int
    /// Its size.
    public var validationFileBytes: Int
    /// The version of the form in which prompts are written.
    public var serialiserVersion: Int
    /// The tokens of the examples; left out if there are none.
    public var tokens: PlannedTokens?
    /// What is left out of prompts so that examples fit the model.
    public var fitting: PlannedFitting
    /// What of the database's values would leave the host.
    public var leaving: PlannedLeaving
    /// What it would cost.
    public var cost: TrainingCost
    /// Tells whether what would be trained, and what it costs, is still this: the SHA-256 of the model, its
    /// parameters, the files, the prices, and `auto_promote` with what measuring takes. An order that carries it is
    /// refused if it is not.
    public var planSHA256: String

    /// A plan.
    public init(
        databaseConnection: ObjectID, alias: String, baseLLM: BaseLLM, ready: Bool, examples: Int,
        trainingFileBytes: Int, excluded: [ExcludedRecord], excludedCount: Int, tables: [PlannedTable],
        problems: [PlanProblem], schemaFingerprint: String, validationExamples: Int = 0, validationFileBytes: Int = 0,
        serialiserVersion: Int, tokens: PlannedTokens?, fitting: PlannedFitting, leaving: PlannedLeaving,
        cost: TrainingCost, planSHA256: String
    ) {
        self.databaseConnection = databaseConnection
        self.alias = alias
        self.baseLLM = baseLLM
        self.ready = ready
        self.examples = examples
        self.trainingFileBytes = trainingFileBytes
        self.excluded = excluded
        self.excludedCount = excludedCount
        self.tables = tables
        self.problems = problems
        self.schemaFingerprint = schemaFingerprint
        self.validationExamples = validationExamples
        self.validationFileBytes = validationFileBytes
        self.serialiserVersion = serialiserVersion
        self.tokens = tokens
        self.fitting = fitting
        self.leaving = leaving
        self.cost = cost
        self.planSHA256 = planSHA256
    }
}

/// A golden record that would stay out of training.
public struct ExcludedRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case goldenRecord = "golden_record_id"
        case reason
    }

    /// Which.
    public var goldenRecord: ObjectID
    /// Why.
    public var reason: String

    /// An exclusion.
    public init(goldenRecord: ObjectID, reason: String) {
        self.goldenRecord = goldenRecord
        self.reason = reason
    }
}

/// A table that the prompts would show.
public struct PlannedTable: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case examples
        case shown = "examples_that_show_it"
    }

    /// Its name, with its schema where it has one.
    public var name: String
    /// How many examples' SQL reads it.
    public var examples: Int
    /// How many examples' prompts show it.
    public var shown: Int

    /// A table.
    public init(name: String, examples: Int, shown: Int) {
        self.name = name
        self.examples = examples
        self.shown = shown
    }
}

// MARK: For the OpenAPI document

extension FinetuningPlan: Refined {
    static let refinements = Dictionary([
        CodingKeys.examples: .integer(from: 0), .trainingFileBytes: .integer(from: 0),
        .excludedCount: .integer(from: 0), .validationExamples: .integer(from: 0),
        .validationFileBytes: .integer(from: 0),
    ])
}

extension PlannedTable: Refined {
    static let refinements = Dictionary([CodingKeys.examples: .integer(from: 0), .shown: .integer(from: 0)])
}
