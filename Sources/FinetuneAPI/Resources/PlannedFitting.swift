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

// MARK: For the OpenAPI document

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
