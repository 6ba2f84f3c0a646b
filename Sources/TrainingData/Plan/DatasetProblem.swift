package import Identifiers

/// Something that speaks against training, or that a person should know before.
package struct DatasetProblem: Hashable, Sendable {
    /// What kind of problem it is; severity and remedy follow from it.
    package var code: Code
    /// What is wrong, in a sentence.
    package var message: String
    /// The first of the records concerned, in the order in which they were added; empty where the problem is not about single records.
    package var recordIDs: [ObjectID]

    /// What kind of problem it is. The raw value is the word of the wire.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        case notEnoughGoldenRecords = "not_enough_golden_records"
        case noTablesDescribed = "no_tables_described"
        case invalidGoldenRecords = "invalid_golden_records"
        case emptyGoldenRecords = "empty_golden_records"
        case examplesTooLong = "examples_too_long"
        case tablesMissedByRelevance = "tables_missed_by_relevance"
        case personalValuesLeave = "personal_values_leave"
        case invalidTableSchema = "invalid_table_schema"
        case conflictingGoldenRecords = "conflicting_golden_records"
        case duplicateGoldenRecords = "duplicate_golden_records"
        case uncheckedGoldenRecords = "unchecked_golden_records"
        case overlappingGoldenRecords = "overlapping_golden_records"
    }

    /// Whether training can go on in spite of a problem.
    package enum Severity: String, Hashable, Sendable {
        /// It cannot.
        case error
        /// It can, though the model may learn less or something wrong.
        case warning
    }

    /// An error where training would be refused or in vain; else a warning.
    package var severity: Severity {
        switch code {
        case .notEnoughGoldenRecords: .error
        case .noTablesDescribed, .invalidGoldenRecords, .emptyGoldenRecords, .examplesTooLong,
            .tablesMissedByRelevance, .personalValuesLeave, .invalidTableSchema, .conflictingGoldenRecords,
            .duplicateGoldenRecords, .uncheckedGoldenRecords, .overlappingGoldenRecords:
            .warning
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch code {
        case .notEnoughGoldenRecords:
            "Add golden records until at least \(DatasetPlan.minimumExampleCount) can be trained on."
        case .noTablesDescribed: "Scan the connection's tables, or describe them."
        case .invalidGoldenRecords: "Correct the SQL of these records, or refresh the table descriptions."
        case .emptyGoldenRecords: "Give each record a question and its SQL."
        case .examplesTooLong:
            "Shorten these records' SQL or the DDL of their tables, or choose a model that takes longer examples."
        case .tablesMissedByRelevance:
            "Describe these tables in the words of the questions, or choose a model that takes longer examples."
        case .personalValuesLeave: "Set the connection's redaction to masked or none, unless these values may leave."
        case .invalidTableSchema: "Correct the DDL of the table's description, or scan the table again."
        case .conflictingGoldenRecords: "Keep one SQL for each question, or ask the questions more precisely."
        case .duplicateGoldenRecords: "Remove the repeated records, unless they are meant to weigh more."
        case .uncheckedGoldenRecords: "Make sure yourself that the SQL of these records is right."
        case .overlappingGoldenRecords: "Nothing: trained on, they would give the answers of the validation away."
        }
    }
}
