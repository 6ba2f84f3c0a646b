/// Something that speaks against training, or that a person should know before.
package struct DatasetProblem: Hashable, Sendable {
    /// What kind of problem it is; severity and remedy follow from it.
    package var code: Code
    /// What is wrong, in a sentence.
    package var message: String
    /// The records concerned; none where the problem is not about single records.
    package var records: ConcernedRecords

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
        case failedGoldenRecords = "failed_golden_records"
        case emptyResults = "empty_results"
        case schemaDrift = "schema_drift"
        case conflictingGoldenRecords = "conflicting_golden_records"
        case duplicateGoldenRecords = "duplicate_golden_records"
        case equivalentGoldenRecords = "equivalent_golden_records"
        case nearDuplicateGoldenRecords = "near_duplicate_golden_records"
        case shortQuestions = "short_questions"
        case longSQL = "long_sql"
        case largeResults = "large_results"
        case recordsToRun = "records_to_run"
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
            .tablesMissedByRelevance, .personalValuesLeave, .invalidTableSchema, .failedGoldenRecords, .emptyResults,
            .schemaDrift, .equivalentGoldenRecords, .nearDuplicateGoldenRecords, .shortQuestions, .longSQL,
            .largeResults, .recordsToRun, .conflictingGoldenRecords, .duplicateGoldenRecords, .uncheckedGoldenRecords,
            .overlappingGoldenRecords:
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
        case .failedGoldenRecords: "Correct the SQL of these records: it prepares, and fails on the data."
        case .emptyResults: "Correct what the SQL looks for, or fill the database and scan its tables again."
        case .schemaDrift: "Scan the connection's tables again, and correct the SQL that does not fit them any more."
        case .equivalentGoldenRecords: "Nothing: this is harmless. Keep one of them to train on each question once."
        case .nearDuplicateGoldenRecords: "Remove those that ask nothing new, unless they are meant to weigh more."
        case .shortQuestions: "Say in the question what is asked for."
        case .longSQL: "See whether the question asks for all of that, or split it."
        case .largeResults: "See whether the question asks for so many rows."
        case .recordsToRun: "Wait until they have run (finetunectl record checks), then plan again."
        case .uncheckedGoldenRecords: "Make sure yourself that the SQL of these records is right."
        case .overlappingGoldenRecords: "Nothing: trained on, they would give the answers of the validation away."
        }
    }
}
