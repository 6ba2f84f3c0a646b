/// What was left out of prompts so that examples fit their model.
package struct FittingSummary: Hashable, Sendable {
    /// The most tokens of an example.
    package var tokenLimit: Int
    /// How many examples tell how much of their tables; what no example does is left out.
    package var exampleCounts: [PromptDetail: Int] = [:]
    /// How many examples do not show all tables.
    package var examplesWithOmittedTables = 0
    /// How many examples have SQL that reads a table which relevance to the question would not have chosen. So many
    /// of these questions no agent can get right.
    package var relevanceMisses = 0

    init(tokenLimit: Int) {
        self.tokenLimit = tokenLimit
    }

    mutating func add(_ fitted: FittedExample) {
        exampleCounts[fitted.example.schema.detail, default: 0] += 1
        if fitted.omittedTableCount > 0 { examplesWithOmittedTables += 1 }
        if !fitted.missedTables.isEmpty { relevanceMisses += 1 }
    }

    /// The most that any example tells; `nil` without examples.
    package var mostDetail: PromptDetail? { exampleCounts.keys.min() }
}
