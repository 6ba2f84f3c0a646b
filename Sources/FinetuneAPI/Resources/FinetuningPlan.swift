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
    /// Tells whether what would be trained is still this: the SHA-256 of the model, its parameters and the files. An
    /// order that carries it is refused if it is not.
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

/// The tokens of the examples, with all that a chat adds, as the provider counts and charges them.
public struct PlannedTokens: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case total, minimum, median, maximum
    }

    /// Of all examples: what one epoch trains on.
    public var total: Int
    /// Of the smallest example.
    public var minimum: Int
    /// Of the example in the middle.
    public var median: Int
    /// Of the largest example.
    public var maximum: Int

    /// Tokens.
    public init(total: Int, minimum: Int, median: Int, maximum: Int) {
        self.total = total
        self.minimum = minimum
        self.median = median
        self.maximum = maximum
    }
}

/// What is left out of prompts so that no example is longer than the model takes. Each of the four counts of examples
/// lacks one thing more.
public struct PlannedFitting: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case tokensPerExample = "tokens_per_example"
        case whole
        case withoutSampleRows = "without_sample_rows"
        case withoutCategories = "without_categories"
        case withoutDescriptions = "without_descriptions"
        case withoutTables = "without_tables"
        case relevanceMisses = "relevance_misses"
    }

    /// The most tokens of an example.
    public var tokensPerExample: Int
    /// Examples that tell all that is known of their tables.
    public var whole: Int
    /// Examples without sample rows.
    public var withoutSampleRows: Int
    /// Examples without categories too.
    public var withoutCategories: Int
    /// Examples without descriptions too.
    public var withoutDescriptions: Int
    /// Of those, examples that do not show all tables, but those most relevant to the question.
    public var withoutTables: Int
    /// Examples whose SQL reads a table that relevance to the question would not have chosen: so many questions no
    /// agent can get right, for its prompt lacks the table.
    public var relevanceMisses: Int

    /// What is left out.
    public init(
        tokensPerExample: Int, whole: Int, withoutSampleRows: Int, withoutCategories: Int, withoutDescriptions: Int,
        withoutTables: Int, relevanceMisses: Int
    ) {
        self.tokensPerExample = tokensPerExample
        self.whole = whole
        self.withoutSampleRows = withoutSampleRows
        self.withoutCategories = withoutCategories
        self.withoutDescriptions = withoutDescriptions
        self.withoutTables = withoutTables
        self.relevanceMisses = relevanceMisses
    }
}

/// What of the database's values would leave the host. Questions, golden SQL, DDL and descriptions leave besides.
public struct PlannedLeaving: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case redaction, columns
    }

    /// Which values may leave, as the connection says.
    public var redaction: Redaction
    /// The columns whose values would.
    public var columns: [LeavingColumn]

    /// What would leave.
    public init(redaction: Redaction, columns: [LeavingColumn]) {
        self.redaction = redaction
        self.columns = columns
    }
}

/// A column whose values would leave the host.
public struct LeavingColumn: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case table, column, values, personal, form
    }

    /// How values leave.
    public enum Form: String, Codable, Sendable, Hashable, CaseIterable {
        /// As they are.
        case plain
        /// Their shape alone.
        case masked
    }

    /// The table's name, with its schema where it has one.
    public var table: String
    /// The column's name.
    public var column: String
    /// How many values leave: those of sample rows, and categories.
    public var values: Int
    /// Whether they are likely to be about persons.
    public var personal: Bool
    /// How they leave.
    public var form: Form

    /// A column.
    public init(table: String, column: String, values: Int, personal: Bool, form: Form) {
        self.table = table
        self.column = column
        self.values = values
        self.personal = personal
        self.form = form
    }
}

/// Something that stands in the way of a finetuning, or lessens its worth.
public struct PlanProblem: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case severity, code, message
        case remedy = "description"
        case recordCount = "golden_record_count"
        case records = "golden_records"
    }

    /// How bad it is.
    public enum Severity: String, Codable, Sendable, Hashable, CaseIterable {
        /// The finetuning would be refused.
        case error
        /// The finetuning would be worth less.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// What it is, for programs.
    public var code: String
    /// What it is, for people.
    public var message: String
    /// What to do about it.
    public var remedy: String
    /// How many golden records it is about; none where it is not about single records.
    public var recordCount: Int
    /// The first hundred of them.
    public var records: [ConcernedRecord]

    /// A problem.
    public init(
        severity: Severity, code: String, message: String, remedy: String, recordCount: Int = 0,
        records: [ConcernedRecord] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.remedy = remedy
        self.recordCount = recordCount
        self.records = records
    }
}

/// A golden record that a problem of a plan is about.
public struct ConcernedRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case goldenRecord = "golden_record_id"
        case earlier = "earlier_golden_record_id"
    }

    /// Which.
    public var goldenRecord: ObjectID
    /// The record before it that it repeats, contradicts or resembles, where the problem is that.
    public var earlier: ObjectID?

    /// A record.
    public init(goldenRecord: ObjectID, earlier: ObjectID? = nil) {
        self.goldenRecord = goldenRecord
        self.earlier = earlier
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

extension PlanProblem: Refined {
    static let refinements = Dictionary([CodingKeys.recordCount: .integer(from: 0)])
}

extension PlannedTable: Refined {
    static let refinements = Dictionary([CodingKeys.examples: .integer(from: 0), .shown: .integer(from: 0)])
}

extension PlannedTokens: Refined {
    static let refinements = Dictionary([
        CodingKeys.total: .integer(from: 1), .minimum: .integer(from: 1), .median: .integer(from: 1),
        .maximum: .integer(from: 1),
    ])
}

extension PlannedFitting: Refined {
    static let refinements = Dictionary([
        CodingKeys.tokensPerExample: .integer(from: 1), .whole: .integer(from: 0),
        .withoutSampleRows: .integer(from: 0), .withoutCategories: .integer(from: 0),
        .withoutDescriptions: .integer(from: 0), .withoutTables: .integer(from: 0), .relevanceMisses: .integer(from: 0),
    ])
}

extension LeavingColumn: Refined {
    static let refinements = Dictionary([CodingKeys.values: .integer(from: 1)])
}
