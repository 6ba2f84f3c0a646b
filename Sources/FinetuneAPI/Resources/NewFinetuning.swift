public import Identifiers

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
    /// What a plan gave as `plan_sha256`: refused if what would be trained, or what it costs, is no longer that. A plan
    /// ignores it.
    public var planSHA256: String?
    /// The alias that is to stand for the model. Once it is trained, it is measured on the golden records that were
    /// held out, and on those marked `must_pass` where the gate asks for them, against the alias's present model, and
    /// promoted if the alias's gate lets it through; where the alias has no gate, if it does not lose by more than
    /// chance and loses no golden record marked `must_pass`. What that costs at most is in the plan's problems, as the
    /// golden records and the alias are then: a scan or more marked records may make it dearer, within the budget.
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

// MARK: For the OpenAPI document

extension NewFinetuning: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .text(FieldLimits.nameLength).example("shop-1"), .metadata: .object,
        .seed: .integer(0...2_147_483_647).defaulting(to: 0),
        .validationFraction: .fraction(upTo: FieldLimits.largestValidationFraction).example(0.1),
        .promotesTo: .text(FieldLimits.nameLength).example("sales-sql"),
    ])
}
