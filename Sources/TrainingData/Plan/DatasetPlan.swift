package import Identifiers

/// What a finetuning would train on, known before anything is spent.
package struct DatasetPlan: Hashable, Sendable {
    /// The fewest examples that a provider accepts for supervised fine-tuning.
    package static let minimumExampleCount = 10

    /// The lines of the training file.
    package var exampleCount: Int
    /// The size of the training file in bytes.
    package var byteCount: Int
    /// The tokens of the examples; `nil` if there are none.
    package var tokens: TokenSummary?
    /// What was left out so that the examples fit the model.
    package var fitting: FittingSummary
    /// The records that stay out, in the order in which they were added: the first `DatasetPlanner.listLimit`.
    package var excluded: [ExcludedRecord]
    /// How many records stay out in all.
    package var excludedCount: Int
    /// The tables that examples may show, in the order of the prompt.
    package var tables: [TableUse]
    /// The values of the database that the file would take off the host.
    package var leaving: [LeavingValues]
    /// Which values may leave.
    package var redaction: Redaction
    /// What is wrong with the records or tables: errors first, then warnings.
    package var problems: [DatasetProblem]
    /// `PromptFitter.schemaFingerprint` of the tables.
    package var schemaFingerprint: String

    /// Whether nothing speaks against training on this.
    package var isTrainable: Bool {
        !problems.contains { $0.severity == .error }
    }
}

/// A record that stays out of training.
package struct ExcludedRecord: Hashable, Sendable {
    /// The golden record's id.
    package var recordID: ObjectID
    /// Why, in words that continue "the record stays out because …".
    package var reason: String
}

/// A table of the prompt, and how much of the training is about it.
package struct TableUse: Hashable, Sendable {
    /// The table's name, with its schema where it has one.
    package var name: String
    /// How many examples have SQL that reads the table; of SQL that was not checked, those that name it.
    package var recordCount: Int
    /// How many examples show the table.
    package var shownCount: Int
}
